/// A file as whoever reads files hands it over: its bytes, or why there are none.
public struct SourceFile: Hashable, Sendable {
  /// As the operator would open it.
  public var path: String
  public var content: Result<[UInt8], Unreadable>

  /// Why a file was not read, as a message says it behind the path.
  public struct Unreadable: Error, Hashable, Sendable {
    public var reason: String
    public init(_ reason: String) { self.reason = reason }
  }

  public init(path: String, content: Result<[UInt8], Unreadable>) {
    self.path = path
    self.content = content
  }

  public init(path: String, bytes: [UInt8]) {
    self.init(path: path, content: .success(bytes))
  }

  /// The path's last part, and of that what stands before `.yaml`.
  public var stem: String {
    let base = String(path.split(separator: "/").last ?? "")
    return base.hasSuffix(".yaml") ? String(base.dropLast(5)) : base
  }

  /// What a loader makes of the bytes; an unreadable file is a problem of the file as a whole.
  func read<Value>(_ load: ([UInt8]) -> Result<Value, Problems>) -> Result<Value, Problems> {
    switch content {
    case .success(let bytes): return load(bytes)
    case .failure(let refusal):
      return .failure(Problems([Problem(file: path, position: nil, message: refusal.reason)]))
    }
  }
}
