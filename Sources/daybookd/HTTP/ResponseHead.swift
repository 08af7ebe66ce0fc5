import DaybookCore

/// Collects the header lines of one answer as libcurl delivers them: only the final response's
/// count, interim ones (1xx) are forgotten, trailers are ignored (RFC 9110 §15.2, §6.5).
struct ResponseHead {
  /// Of the newest response: 100...999, 0 before the first.
  private(set) var status = 0
  /// Names in lower case, in the order received. A line that RFC 9110 §5 does not allow is left
  /// out, and so is a field continued on a second line (obs-fold, RFC 9112 §5.2): half a value
  /// could mean something else.
  private(set) var fields: [Field] = []
  /// The blank line after a final response was seen.
  private(set) var isComplete = false
  /// Bytes of all lines together, interim responses and trailers included.
  private var bytes = 0
  private var previousLineKept = false

  /// Takes one line with its line end; false when there are more than ``Limits/headerBytes``.
  mutating func add(_ line: UnsafeRawBufferPointer) -> Bool {
    bytes += line.count
    guard bytes <= Limits.headerBytes else { return false }
    let text = line.trimmingLineEnd
    if text.starts(with: "HTTP/".utf8) {
      begin(statusLine: text)
    } else if !isComplete {
      if text.isEmpty { isComplete = status >= 200 } else { addField(text) }
    }
    return true
  }

  /// A new response on the same transfer: what came before was interim, or is repeated.
  private mutating func begin(statusLine: Slice<UnsafeRawBufferPointer>) {
    status = Int(statusLine.drop { $0 != space }.dropFirst().prefix(3).decimalValue ?? 0)
    fields = []
    isComplete = false
    previousLineKept = false
  }

  private mutating func addField(_ line: Slice<UnsafeRawBufferPointer>) {
    if line.first == space || line.first == tab {
      if previousLineKept { fields.removeLast() }
      previousLineKept = false
      return
    }
    previousLineKept = false
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let name = line[..<colon]
    let value = line[line.index(after: colon)...].trimmingBlanks
    guard HeaderRule.isName(name), HeaderRule.isValue(value) else { return }
    fields.append(
      Field(
        String(decoding: name, as: UTF8.self).lowercased(), String(decoding: value, as: UTF8.self)))
    previousLineKept = true
  }
}

/// What a header line may hold (RFC 9110 §5.1, §5.5).
enum HeaderRule {
  static func isName(_ bytes: some Collection<UInt8>) -> Bool {
    !bytes.isEmpty
      && bytes.allSatisfy { b in
        (b | 0x20 >= 97 && b | 0x20 <= 122) || (b >= 48 && b <= 57)
          || "!#$%&'*+-.^_`|~".utf8.contains(b)
      }
  }

  /// No control character but the tab: nothing that ends a line or hides in one.
  static func isValue(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.allSatisfy { $0 == tab || ($0 >= 32 && $0 != 127) }
  }
}

private let space = UInt8(ascii: " ")
private let tab = UInt8(ascii: "\t")

extension UnsafeRawBufferPointer {
  fileprivate var trimmingLineEnd: Slice<UnsafeRawBufferPointer> {
    var end = endIndex
    if end > 0, self[end - 1] == 10 { end -= 1 }
    if end > 0, self[end - 1] == 13 { end -= 1 }
    return self[..<end]
  }
}

extension Slice<UnsafeRawBufferPointer> {
  fileprivate var trimmingBlanks: Self {
    var part = self.drop { $0 == space || $0 == tab }
    while part.last == space || part.last == tab { part.removeLast() }
    return part
  }

  /// Nil unless there are digits only.
  fileprivate var decimalValue: Int? {
    reduce(into: isEmpty ? nil : 0) { value, digit in
      value = value.flatMap { (48...57).contains(digit) ? $0 * 10 + Int(digit - 48) : nil }
    }
  }
}
