import CExpat

/// libexpat around an ``XMLMachine``: the grammar of XML 1.0 with its well-formedness constraints,
/// from blocks of bytes.
///
/// There is no document type declaration but Daybook's own, whose entities hold no others: nothing
/// external is ever read, and nothing expands to more than three times its length. The parser seeds
/// its hash tables itself; what it reports does not depend on that.
final class ExpatParser {
  private let parser: XML_Parser
  var machine: XMLMachine
  /// What a handler found, and where. The parser then stops.
  private var found: (reason: DocumentFault.Reason, index: Int)?
  private var block: UnsafeMutableRawPointer?
  /// Bytes of the block that are filled.
  private var filled = 0
  /// Bytes parsed.
  private var parsed = 0

  struct Failure {
    var reason: DocumentFault.Reason
    /// Bytes given before the fault.
    var index: Int
  }

  init(_ machine: XMLMachine) {
    self.machine = machine
    // The encoding named here holds, whatever the document declares.
    guard let parser = XML_ParserCreate("UTF-8") else { preconditionFailure("no memory for XML") }
    self.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(parser, startElement, endElement)
    XML_SetCharacterDataHandler(parser, characterData)
    XML_SetCommentHandler(parser, comment)
    XML_SetProcessingInstructionHandler(parser, instruction)
    XML_SetXmlDeclHandler(parser, declaration)
  }

  deinit { XML_ParserFree(parser) }

  /// Takes the next bytes. They are parsed in blocks of one size, so that the same bytes in other
  /// pieces cost and report the same.
  func feed(_ bytes: UnsafeRawBufferPointer) -> Failure? {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let block = room() else { return Failure(reason: .tooLong, index: parsed) }
      let piece = rest.prefix(Limits.xmlBlockBytes - filled)
      (block + filled).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: piece).baseAddress!, byteCount: piece.count)
      filled += piece.count
      rest = rest.dropFirst(piece.count)
      if filled == Limits.xmlBlockBytes, let failure = parse(isFinal: false) { return failure }
    }
    return nil
  }

  /// Parses what was given and ends the document.
  func finish() -> Failure? {
    guard room() != nil else { return Failure(reason: .tooLong, index: parsed) }
    return parse(isFinal: true)
  }

  private func room() -> UnsafeMutableRawPointer? {
    if block == nil { block = XML_GetBuffer(parser, Int32(Limits.xmlBlockBytes)) }
    return block
  }

  private func parse(isFinal: Bool) -> Failure? {
    let status = XML_ParseBuffer(parser, Int32(filled), isFinal ? 1 : 0)
    parsed += filled
    filled = 0
    block = nil
    guard status == XML_STATUS_OK else { return failure() }
    // A token that has no end makes the parser hold all of it.
    let index = XML_GetCurrentByteIndex(parser)
    let held = isFinal ? 0 : parsed - index
    return held > Limits.xmlTokenBytes ? Failure(reason: .tooLong, index: index) : nil
  }

  private func failure() -> Failure {
    if let found { return Failure(reason: found.reason, index: found.index) }
    let index = XML_GetCurrentByteIndex(parser)
    return Failure(reason: reason(), index: index)
  }

  private func reason() -> DocumentFault.Reason {
    switch XML_GetErrorCode(parser) {
    case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR,
      XML_ERROR_UNCLOSED_CDATA_SECTION:
      return .cut
    case XML_ERROR_UNDEFINED_ENTITY: return .entity
    case XML_ERROR_NO_MEMORY: return .tooLong
    default: break
    }
    let there = bytesAtFault()
    if isNoUTF8(there) { return .encoding }
    if machine.isDone { return .trailing }
    return there.starts(with: "<!DOCTYPE".utf8) ? .doctype : .grammar
  }

  /// The bytes from the fault on, as far as they have arrived.
  private func bytesAtFault() -> ArraySlice<UInt8> {
    var offset: Int32 = 0
    var size: Int32 = 0
    guard let context = XML_GetInputContext(parser, &offset, &size), offset >= 0, offset < size
    else { return [] }
    let bytes = UnsafeRawBufferPointer(start: context, count: Int(size))
    return ArraySlice(bytes[Int(offset)..<min(Int(size), Int(offset) + 16)])
  }

  private func isNoUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, first >= 0x80 else { return false }
    var sequence = UTF8Sequence()
    guard sequence.begin(first) else { return true }
    for byte in bytes.dropFirst() where sequence.missing > 0 {
      guard sequence.take(byte) else { return true }
    }
    return false
  }

  // MARK: Handlers

  fileprivate func start(
    _ name: UnsafePointer<CChar>,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>
  ) {
    guard hasRoom() else { return }
    var reason = machine.start(bytes(name))
    var next = attributes
    while reason == nil, let name = next[0], let value = next[1] {
      reason = machine.attribute(bytes(name), bytes(value))
      next += 2
    }
    machine.endAttributes()
    if let reason { stop(reason) }
  }

  fileprivate func end() {
    if hasRoom() { machine.end() }
  }

  fileprivate func text(_ run: UnsafeRawBufferPointer) {
    if found == nil, let reason = machine.text(run) { stop(reason) }
  }

  /// UTF-8 is the only encoding; 1.0 is read as the fifth edition of XML 1.0 (§2.8) reads 1.x.
  fileprivate func declare(_ version: UnsafePointer<CChar>?, _ encoding: UnsafePointer<CChar>?) {
    guard hasRoom() else { return }
    if let version, !bytes(version).starts(with: "1.".utf8) { stop(.grammar) }
    guard let encoding else { return }
    let isUTF8 = String(cString: encoding).lowercased() == "utf-8"
    if !isUTF8 { stop(.encoding) }
  }

  /// Whether the present token is one that the parser may hold; nothing is taken after a fault.
  @discardableResult
  fileprivate func hasRoom() -> Bool {
    guard found == nil else { return false }
    if XML_GetCurrentByteCount(parser) > Limits.xmlTokenBytes { stop(.tooLong) }
    return found == nil
  }

  private func stop(_ reason: DocumentFault.Reason) {
    guard found == nil else { return }
    found = (reason, XML_GetCurrentByteIndex(parser))
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  private func bytes(_ text: UnsafePointer<CChar>) -> UnsafeRawBufferPointer {
    var end = text
    while end.pointee != 0 { end += 1 }
    return UnsafeRawBufferPointer(start: text, count: end - text)
  }
}

private func owner(_ data: UnsafeMutableRawPointer?) -> ExpatParser {
  Unmanaged<ExpatParser>.fromOpaque(data!).takeUnretainedValue()
}

private let startElement: XML_StartElementHandler = { data, name, attributes in
  owner(data).start(name!, attributes!)
}
private let endElement: XML_EndElementHandler = { data, _ in owner(data).end() }
private let characterData: XML_CharacterDataHandler = { data, text, length in
  owner(data).text(UnsafeRawBufferPointer(start: text, count: Int(length)))
}
private let comment: XML_CommentHandler = { data, _ in owner(data).hasRoom() }
private let instruction: XML_ProcessingInstructionHandler = { data, _, _ in
  owner(data).hasRoom()
}
private let declaration: XML_XmlDeclHandler = { data, version, encoding, _ in
  owner(data).declare(version, encoding)
}
