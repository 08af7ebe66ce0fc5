/// Validates one JSON document while its bytes pass by, and reports what a ``ScanPlan`` points at.
///
/// It is strict: the grammar of RFC 8259 to its last byte, well-formed UTF-8 without a byte order
/// mark, nothing but white space after the document. Duplicate keys, numbers of any size and lone
/// `\uD800` escapes are part of that grammar and pass. A document that ends early is a fault: this,
/// not the transport, proves that a body is whole. (Only a document that is nothing but a number
/// cannot prove it: `12` may be the begin of `123`.)
///
/// How it works. ``ScanMachine`` is a byte-driven automaton whose state survives the end of a
/// chunk, so chunks may be cut anywhere. ``PointerTable`` turns the plan into bit masks: each value
/// has the set of pointers that lead to it or through it, and a subtree whose set is empty is only
/// validated. ``ItemDigest`` hashes the bytes at the items, ``ScalarCollector`` keeps the text of
/// keys and scalars that matter. Memory is bounded by the depth limit and the plan, never by the
/// body.
public final class JSONScanner {
  private var machine: ScanMachine
  private let plan: ScanPlan

  /// A plan may hold at most ``Limits/scanPointers`` different pointers; `depthLimit` is the number
  /// of arrays and objects around a value, at least 1.
  public init(_ plan: ScanPlan, depthLimit: Int = Limits.jsonDepth) {
    self.plan = plan
    self.machine = ScanMachine(plan.table, depthLimit: max(1, depthLimit))
  }

  /// Takes the next bytes of the document. After a fault the rest is ignored.
  public func feed(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    machine.feed(base.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  public func feed(_ bytes: [UInt8]) { bytes.withUnsafeBytes { feed($0) } }

  /// Ends the document. Call it once, last.
  public func finish() -> ScanReport {
    machine.finish()
    if let fault = machine.fault { return ScanReport(fault, plan) }
    return ScanReport(
      fault: nil, items: machine.items, digest: machine.digest.finish(),
      captured: machine.captured,
      elements: machine.elements.isFull ? nil : machine.elements.elements)
  }

  /// Scans a document that is in memory.
  public static func scan(
    _ bytes: [UInt8], _ plan: ScanPlan = ScanPlan(), depthLimit: Int = Limits.jsonDepth
  ) -> ScanReport {
    let scanner = JSONScanner(plan, depthLimit: depthLimit)
    scanner.feed(bytes)
    return scanner.finish()
  }
}
