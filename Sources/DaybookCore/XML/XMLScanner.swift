/// Validates one XML document while its bytes pass by, and reports what a ``ScanPlan`` points at:
/// as ``JSONScanner`` does, and with the same promises.
///
/// It is strict: well-formed XML 1.0 (fifth edition) to its last byte, in UTF-8, with one root
/// element and at most comments, instructions and white space around it. A byte order mark and
/// white space before everything are passed over. A declared other encoding is a fault, and so is
/// any document type declaration: days need none, and attacks live there. Namespaces are not
/// looked at. A document that ends early is a fault; only what may follow the root, which means
/// nothing, may be missing without being missed.
///
/// How it works. ``XMLOpening`` finds the place for Daybook's own declaration of the entities that
/// the provider file lists; ``ExpatParser`` holds the grammar, in blocks; ``XMLMachine`` follows
/// the plan, ``MarkupDigest`` and ``TextCapture`` keep what is asked. Memory is bounded by the
/// depth limit, the plan and the limits of one tag and of all names, never by the body.
public final class XMLScanner {
  private let plan: ScanPlan
  private let parser: ExpatParser
  /// Nil once the parser has begun.
  private var opening: XMLOpening? = XMLOpening()
  /// Bytes passed over at the beginning.
  private var skipped = 0
  /// What was put into the document by Daybook, and behind how many of its bytes.
  private let prefix: [UInt8]
  private var prefixAt = 0
  /// Bytes of the document.
  private var consumed: Int64 = 0
  private var fault: DocumentFault?

  /// A plan may hold at most ``Limits/scanPointers`` different pointers; `depthLimit` is the number
  /// of elements around each other, at least 1.
  public init(_ plan: ScanPlan, depthLimit: Int = Limits.xmlDepth) {
    self.plan = plan
    parser = ExpatParser(XMLMachine(plan.table, depthLimit: max(1, depthLimit)))
    switch plan.document {
    case .xml(let entities): prefix = EntityText.declaration(entities)
    case .json, .bytes: prefix = EntityText.declaration([])
    }
  }

  /// Takes the next bytes of the document. After a fault the rest is ignored.
  public func feed(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    if opening != nil { rest = open(bytes) }
    if opening == nil { parse(rest) }
    consumed += Int64(bytes.count)
  }

  public func feed(_ bytes: [UInt8]) { bytes.withUnsafeBytes { feed($0) } }

  /// Ends the document. Call it once, last.
  public func finish() -> ScanReport {
    if let held = opening?.held {
      if held.isEmpty { return ScanReport(DocumentFault(offset: consumed, reason: .empty), plan) }
      return ScanReport(DocumentFault(offset: consumed, reason: .cut), plan)
    }
    if fault == nil { note(parser.finish()) }
    if let fault { return ScanReport(fault, plan) }
    let machine = parser.machine
    return ScanReport(
      fault: nil, items: machine.items, digest: machine.digest.finish(),
      captured: machine.capture.captured)
  }

  /// Scans a document that is in memory.
  public static func scan(
    _ bytes: [UInt8], _ plan: ScanPlan = ScanPlan(document: .xml(entities: [])),
    depthLimit: Int = Limits.xmlDepth
  ) -> ScanReport {
    let scanner = XMLScanner(plan, depthLimit: depthLimit)
    scanner.feed(bytes)
    return scanner.finish()
  }

  /// Takes bytes of the opening; returns those behind it.
  private func open(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    for (index, byte) in bytes.enumerated() {
      switch opening?.take(byte) {
      case .more, nil: continue
      case .tooLong:
        fault = DocumentFault(offset: Int64(opening?.skipped ?? 0), reason: .tooLong)
      case .open(let declaration, let rest):
        skipped = opening?.skipped ?? 0
        prefixAt = declaration.count
        for part in [declaration, prefix, rest] { part.withUnsafeBytes { parse($0) } }
      }
      opening = nil
      return UnsafeRawBufferPointer(rebasing: bytes[(index + 1)...])
    }
    return UnsafeRawBufferPointer(start: nil, count: 0)
  }

  private func parse(_ bytes: UnsafeRawBufferPointer) {
    guard fault == nil else { return }
    note(parser.feed(bytes))
  }

  private func note(_ failure: ExpatParser.Failure?) {
    guard let failure else { return }
    guard failure.reason != .cut else {
      fault = DocumentFault(offset: consumed, reason: .cut)
      return
    }
    // The place in what the parser was given, without what Daybook put into it.
    let index = failure.index
    let own = index <= prefixAt ? index : max(prefixAt, index - prefix.count)
    fault = DocumentFault(offset: Int64(skipped + own), reason: failure.reason)
  }
}
