/// A call as it goes over the socket: `{"method": "a.B", "parameters": {}, "more": true}`
/// (https://varlink.org/Wire-Format).
public struct VarlinkRequest: Hashable, Sendable {
  /// Interface and method, joined by a dot.
  public var method: String
  /// An object; empty when it was left out.
  public var parameters: JSONValue
  /// The caller takes more than one reply.
  public var more: Bool
  /// The caller wants no reply at all, not even an error.
  public var oneway: Bool

  public init(
    method: String, parameters: JSONValue = .object([]), more: Bool = false, oneway: Bool = false
  ) {
    self.method = method
    self.parameters = parameters
    self.more = more
    self.oneway = oneway
  }

  /// A call of the control interface.
  public init(_ call: ControlCall, more: Bool = false) {
    self.init(method: call.method, parameters: call.parameters, more: more)
  }

  /// Why a message is no call that can be served.
  public enum Refusal: Error, Hashable, Sendable {
    /// It cannot be answered; the connection is closed.
    case close(VarlinkFault)
    /// The envelope is wrong in one member: to be answered with this error.
    case answer(ControlError)
  }

  /// Reads a message without its NUL. A member that is unknown or of the wrong type is an error
  /// that names it, and so is `upgrade: true`: nothing here can be upgraded to.
  public init(message: [UInt8]) throws(Refusal) {
    let json: JSONValue
    do { json = try JSONValue(parsing: message) } catch { throw .close(.json(error)) }
    guard let members = json.object else { throw .close(.envelope("no object")) }
    guard let method = json["method"]?.string else { throw .close(.envelope("no method")) }
    self.init(method: method)
    for member in members {
      switch (member.key, member.value) {
      case ("method", _), ("parameters", .null), ("upgrade", .bool(false)): continue
      case ("parameters", .object): parameters = member.value
      case ("more", .bool(let flag)): more = flag
      case ("oneway", .bool(let flag)): oneway = flag
      default: throw .answer(.invalidParameter(member.key))
      }
    }
  }

  /// The message with its NUL.
  public var encoded: [UInt8] {
    JSONValue.record([
      ("method", .string(method)), ("parameters", parameters), ("more", more ? true : nil),
      ("oneway", oneway ? true : nil),
    ]).encoded + [0]
  }
}

/// A reply as it goes over the socket: `{"parameters": {}, "continues": true}`.
public struct VarlinkResponse: Hashable, Sendable {
  /// Full name of the error; nil: it went well.
  public var error: String?
  public var parameters: JSONValue
  /// More replies to the same call follow.
  public var continues: Bool

  public init(error: String? = nil, parameters: JSONValue = .object([]), continues: Bool = false) {
    self.error = error
    self.parameters = parameters
    self.continues = continues
  }

  /// Reads a message without its NUL. Members unknown here are passed over: the daemon may be
  /// newer than its client.
  public init(message: [UInt8]) throws(VarlinkFault) {
    let json: JSONValue
    do { json = try JSONValue(parsing: message) } catch { throw .json(error) }
    guard json.object != nil else { throw .envelope("no object") }
    self.init()
    switch json["parameters"] {
    case nil, .null: break
    case .object(let members): parameters = .object(members)
    default: throw .envelope("parameters are no object")
    }
    switch json["continues"] {
    case nil, .null: break
    case .bool(let flag): continues = flag
    default: throw .envelope("continues is neither true nor false")
    }
    switch json["error"] {
    case nil, .null: break
    case .string(let name): error = name
    default: throw .envelope("error is no string")
    }
  }

  /// The message with its NUL.
  public var encoded: [UInt8] {
    JSONValue.record([
      ("error", error.map { .string($0) }), ("parameters", parameters),
      ("continues", continues ? true : nil),
    ]).encoded + [0]
  }
}
