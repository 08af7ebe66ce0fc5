import CYaml

/// The events of libyaml's parser over bytes in memory, with places and Swift strings. Owns the C
/// objects: one parser and at most one event.
final class YAMLEvents {
  enum Event {
    case documentStart
    case mapStart(Properties)
    case mapEnd
    case listStart(Properties)
    case listEnd
    case scalar(String, plain: Bool, Properties)
    case alias
    case end
    /// Bytes that mean nothing to us: the start of the stream, the end of a document.
    case other
  }

  /// What may stand before a value and is refused.
  struct Properties {
    var anchor = false
    var tag = false
  }

  private let bytes: [UInt8]
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    buffer = .allocate(capacity: bytes.count)
    _ = buffer.initialize(from: bytes)
    parser = .allocate(capacity: 1)
    event = .allocate(capacity: 1)
    precondition(yaml_parser_initialize(parser) == 1, "libyaml: out of memory")
    // Otherwise libyaml guesses UTF-16 from the first bytes.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, buffer.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    event.deallocate()
    buffer.deallocate()
  }

  /// The next event and where it begins. Throws where the bytes are no YAML, and must not be called
  /// again after that or after `end`.
  func next() throws(Fault) -> (Event, Position) {
    guard yaml_parser_parse(parser, event) == 1 else { throw fault() }
    defer { yaml_event_delete(event) }
    return (converted(event.pointee), Position(event.pointee.start_mark))
  }

  private func converted(_ e: yaml_event_t) -> Event {
    switch e.type {
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_MAPPING_START_EVENT:
      let start = e.data.mapping_start
      return .mapStart(Properties(anchor: start.anchor != nil, tag: start.tag != nil))
    case YAML_MAPPING_END_EVENT: return .mapEnd
    case YAML_SEQUENCE_START_EVENT:
      let start = e.data.sequence_start
      return .listStart(Properties(anchor: start.anchor != nil, tag: start.tag != nil))
    case YAML_SEQUENCE_END_EVENT: return .listEnd
    case YAML_SCALAR_EVENT:
      let s = e.data.scalar
      let text = String(
        decoding: UnsafeBufferPointer(start: s.value, count: s.length), as: UTF8.self)
      let properties = Properties(anchor: s.anchor != nil, tag: s.tag != nil)
      return .scalar(text, plain: s.style == YAML_PLAIN_SCALAR_STYLE, properties)
    case YAML_ALIAS_EVENT: return .alias
    case YAML_STREAM_END_EVENT: return .end
    default: return .other
    }
  }
}

extension YAMLEvents {
  /// Why the bytes are no YAML.
  struct Fault: Error {
    var position: Position
    var message: String
  }

  private func fault() -> Fault {
    let p = parser.pointee
    let reason = p.problem.map { String(cString: $0) } ?? "out of memory"
    guard p.error != YAML_READER_ERROR else {
      return Fault(position: position(ofByte: p.problem_offset), message: "not text: \(reason)")
    }
    let position = Position(p.problem_mark)
    if byte(at: p.problem_mark) == UInt8(ascii: "\t") {
      return Fault(position: position, message: "a tab cannot stand here; indent with spaces")
    }
    var message = "not valid YAML: \(reason)"
    if let context = p.context {
      message += " (\(String(cString: context)) that begins at \(Position(p.context_mark)))"
    }
    return Fault(position: position, message: message)
  }

  private func byte(at mark: yaml_mark_t) -> UInt8? {
    // The mark's index counts characters; it names a byte only where all before it are ASCII, so
    // the line is walked instead.
    var line = 0
    var column = 0
    for b in bytes where b & 0xC0 != 0x80 {
      if line == mark.line && column == mark.column { return b }
      if b == UInt8(ascii: "\n") { (line, column) = (line + 1, 0) } else { column += 1 }
    }
    return nil
  }

  private func position(ofByte offset: Int) -> Position {
    let before = bytes.prefix(offset)
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let lines = before.count { $0 == UInt8(ascii: "\n") }
    let characters = before[start...].count { $0 & 0xC0 != 0x80 }
    return Position(line: lines + 1, column: characters + 1)
  }
}

extension Position {
  /// libyaml counts from 0.
  init(_ mark: yaml_mark_t) { self.init(line: mark.line + 1, column: mark.column + 1) }
}
