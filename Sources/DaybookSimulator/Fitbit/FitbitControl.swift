import DaybookCore

/// The switches of the running service, each `POST /sim/fitbit/NAME?…`.
extension FitbitModel: ServedModel {
  static let controlName = "fitbit"
  public static let controlGuide = """
    POST /sim/fitbit/deny?on=true|false   the person refuses to agree
    POST /sim/fitbit/scopes?without=heartrate,weight  not ticked; empty: all are
    POST /sim/fitbit/person?n=0           who sits in front of the browser
    POST /sim/fitbit/revoke[?person=0]    ends the consent of one person or all
    POST /sim/fitbit/expire               access tokens expire now
    POST /sim/fitbit/zone?id=Asia/Tokyo   the person travels
    POST /sim/fitbit/late?day=2024-06-18[&person=0]   an old day changes now
    POST /sim/fitbit/sync?at=2024-06-18T07:00:00      later data is held back, UTC
    POST /sim/fitbit/sync?at=always       the tracker hands over again
    POST /sim/fitbit/pending?on=true|false            last night is being computed
    POST /sim/fitbit/approved?on=true|false           intraday data for the app
    POST /sim/fitbit/end?how=running|gone|refused     the service ends
    POST /sim/fitbit/redirect?uri=URI     registers one more redirect URI
    """

  var counted: [UInt8] { stats.json }
  var consents: Int? { grantsAlive }

  /// One switch; false when it cannot be set like that.
  mutating func control(_ name: String, _ request: SimRequest, now: Instant) -> Bool {
    func value(_ name: String) -> String? { request.parameter(name) }
    let who = value("person").flatMap { CivilText.number($0) }
    if value("person") != nil, who.map(wearers.indices.contains) != true { return false }
    switch name {
    case "deny": return set(\.denies, value("on"))
    case "pending": return set(\.sleepPending, value("on"))
    case "approved": return set(\.approved, value("on"))
    case "scopes": return untick(value("without"))
    case "sync": return hold(value("at"))
    case "revoke": _ = revoke(person: who)
    case "expire": expireTokens(now: now)
    case "person":
      guard let n = value("n").flatMap({ CivilText.number($0) }), wearers.indices.contains(n)
      else { return false }
      person = n
    case "zone":
      guard let next = value("id").flatMap({ SimZone($0) }) else { return false }
      travel(to: next, now: now)
    case "late":
      guard let day = value("day").flatMap({ Day($0) }) else { return false }
      return change(day, person: who ?? 0, now: now)
    case "end":
      guard let how = value("how").flatMap(ServiceEnd.init) else { return false }
      end = how
    case "redirect": return value("uri").map { register(redirectURI: $0) } ?? false
    default: return false
    }
    return true
  }

  private mutating func set(_ flag: WritableKeyPath<FitbitModel, Bool>, _ text: String?) -> Bool {
    guard let on = text.flatMap(Bool.init) else { return false }
    self[keyPath: flag] = on
    return true
  }

  private mutating func untick(_ text: String?) -> Bool {
    guard let names = text?.split(separator: ",").map(String.init),
      names.allSatisfy(FitbitSettings.scopes.contains)
    else { return false }
    unticked = names
    return true
  }

  private mutating func hold(_ text: String?) -> Bool {
    guard let text else { return false }
    guard text != "always" else {
      syncHeldAt = nil
      return true
    }
    guard let seconds = RecorderTime.read(text) else { return false }
    syncHeldAt = Instant(seconds: Int64(seconds))
    return true
  }
}
