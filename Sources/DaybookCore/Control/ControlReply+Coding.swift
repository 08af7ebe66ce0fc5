extension ControlReply {
  /// As one message of the daemon. `continues`: more replies to the same call follow.
  public func response(continues: Bool = false) -> VarlinkResponse {
    if case .failed(let error) = self { return error.response }
    return VarlinkResponse(parameters: parameters, continues: continues)
  }

  private var parameters: JSONValue {
    switch self {
    case .status(let daemon, let accounts, let timelines):
      .record([
        ("daemon", daemon.json), ("accounts", accounts.json), ("timelines", timelines.json),
      ])
    case .watch(let daemon, let accounts, let entries):
      .record([
        ("daemon", daemon?.json), ("accounts", accounts.json), ("entries", entries.json),
      ])
    case .resync(let progress): progress.json
    case .loginBegun(let offer): offer.json
    case .loginCompleted(let result): result.json
    case .days(let row): row.json
    case .plan(let steps): .record([("steps", steps.json)])
    case .verify(let progress): progress.json
    case .reloaded(let changes): .record([("changes", changes.json)])
    case .done: .record([])
    case .failed(let error): error.parameters
    }
  }

  /// Reads what the daemon answered to `call`. Throws when the parameters are not those of the
  /// call's method; an error reply becomes ``failed(_:)``.
  public init(_ response: VarlinkResponse, to call: ControlCall) throws(ControlFault) {
    if let error = response.error {
      self = .failed(try ControlError(error, response.parameters))
      return
    }
    guard response.parameters.object != nil else { throw ControlFault("an object") }
    self = try ControlReply.read(response.parameters, call)
  }

  private static func read(
    _ json: JSONValue, _ call: ControlCall
  ) throws(ControlFault) -> ControlReply {
    switch call {
    case .status:
      .status(
        try json.value("daemon"), try json.value("accounts"), try json.value("timelines"))
    case .watch:
      .watch(
        try json.optionalValue("daemon"), try json.value("accounts"), try json.value("entries"))
    case .resync: .resync(try ResyncProgress.read(json))
    case .loginBegin: .loginBegun(try LoginOffer.read(json))
    case .loginComplete: .loginCompleted(try LoginResult.read(json))
    case .days: .days(try DaysRow.read(json))
    case .plan: .plan(try json.value("steps"))
    case .verify: .verify(try VerifyProgress.read(json))
    case .reload: .reloaded(changes: try json.value("changes"))
    case .pause, .resume, .logout: .done
    }
  }
}
