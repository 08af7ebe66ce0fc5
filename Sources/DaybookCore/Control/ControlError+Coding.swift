extension ControlError {
  /// As one message of the daemon.
  public var response: VarlinkResponse {
    VarlinkResponse(error: name, parameters: parameters)
  }

  /// The full name of the error: of ``ControlInterface``, or of `org.varlink.service`.
  public var name: String {
    let (interface, short) = names
    return "\(interface).\(short)"
  }

  private var names: (interface: String, short: String) {
    switch self {
    case .noSuchAccount: (ControlInterface.name, "NoSuchAccount")
    case .noSuchStream: (ControlInterface.name, "NoSuchStream")
    case .invalidRange: (ControlInterface.name, "InvalidRange")
    case .signInNeeded: (ControlInterface.name, "SignInNeeded")
    case .wrongPerson: (ControlInterface.name, "WrongPerson")
    case .noLogin: (ControlInterface.name, "NoLogin")
    case .loginFailed: (ControlInterface.name, "LoginFailed")
    case .accountSealed: (ControlInterface.name, "AccountSealed")
    case .archiveAway: (ControlInterface.name, "ArchiveAway")
    case .invalidSettings: (ControlInterface.name, "InvalidSettings")
    case .busy: (ControlInterface.name, "Busy")
    case .shuttingDown: (ControlInterface.name, "ShuttingDown")
    case .interfaceNotFound: (VarlinkService.name, "InterfaceNotFound")
    case .methodNotFound: (VarlinkService.name, "MethodNotFound")
    case .invalidParameter: (VarlinkService.name, "InvalidParameter")
    case .permissionDenied: (VarlinkService.name, "PermissionDenied")
    case .expectedMore: (VarlinkService.name, "ExpectedMore")
    }
  }

  var parameters: JSONValue {
    switch self {
    case .noSuchAccount(let account), .wrongPerson(let account):
      .record([("account", account.json)])
    case .noSuchStream(let account, let stream):
      .record([("account", account.json), ("stream", stream.json)])
    case .invalidRange(let reason), .busy(let reason): .record([("reason", reason.json)])
    case .signInNeeded(let account, let command):
      .record([("account", account.json), ("command", command.json)])
    case .noLogin(let account, let reason), .accountSealed(let account, let reason):
      .record([("account", account.json), ("reason", reason.json)])
    case .loginFailed(let account, let reason, let command):
      .record([
        ("account", account.json), ("reason", reason.json), ("command", command.json),
      ])
    case .archiveAway(let path): .record([("path", path.json)])
    case .invalidSettings(let problems): .record([("problems", problems.json)])
    case .interfaceNotFound(let interface): .record([("interface", interface.json)])
    case .methodNotFound(let method): .record([("method", method.json)])
    case .invalidParameter(let parameter): .record([("parameter", parameter.json)])
    case .shuttingDown, .permissionDenied, .expectedMore: .record([])
    }
  }

  /// Reads an error reply. Throws for an error that is of neither interface.
  public init(_ name: String, _ parameters: JSONValue) throws(ControlFault) {
    let own = ControlInterface.name + "."
    let service = VarlinkService.name + "."
    if name.hasPrefix(own) {
      self = try ControlError.own(name.dropFirst(own.count), parameters)
    } else if name.hasPrefix(service) {
      self = try ControlError.service(name.dropFirst(service.count), parameters)
    } else {
      throw ControlFault("an error of \(ControlInterface.name)").below(name)
    }
  }

  private static func own(
    _ name: Substring, _ json: JSONValue
  ) throws(ControlFault) -> ControlError {
    switch name {
    case "NoSuchAccount": .noSuchAccount(try json.value("account"))
    case "NoSuchStream":
      .noSuchStream(account: try json.value("account"), stream: try json.value("stream"))
    case "InvalidRange": .invalidRange(try json.value("reason"))
    case "SignInNeeded":
      .signInNeeded(account: try json.value("account"), command: try json.value("command"))
    case "WrongPerson": .wrongPerson(try json.value("account"))
    case "NoLogin": .noLogin(account: try json.value("account"), reason: try json.value("reason"))
    case "LoginFailed":
      .loginFailed(
        account: try json.value("account"), reason: try json.value("reason"),
        command: try json.value("command"))
    case "AccountSealed":
      .accountSealed(account: try json.value("account"), reason: try json.value("reason"))
    case "ArchiveAway": .archiveAway(path: try json.value("path"))
    case "InvalidSettings": .invalidSettings(try json.value("problems"))
    case "Busy": .busy(try json.value("reason"))
    case "ShuttingDown": .shuttingDown
    default: throw ControlFault("a known error").below(String(name))
    }
  }

  private static func service(
    _ name: Substring, _ json: JSONValue
  ) throws(ControlFault) -> ControlError {
    switch name {
    case "InterfaceNotFound": .interfaceNotFound(try json.value("interface"))
    // The difference is the server's affair: either way it does not know the method.
    case "MethodNotFound", "MethodNotImplemented": .methodNotFound(try json.value("method"))
    case "InvalidParameter": .invalidParameter(try json.value("parameter"))
    case "PermissionDenied": .permissionDenied
    case "ExpectedMore": .expectedMore
    default: throw ControlFault("a known error").below(String(name))
    }
  }
}
