import DaybookCore

/// The switches of the running service, each `POST /sim/moves/NAME?…`.
extension MovesModel: ServedModel {
  static let controlName = "moves"
  public static let controlGuide = """
    POST /sim/moves/deny?on=true|false   the person refuses to agree
    POST /sim/moves/person?n=0           who sits in front of the browser
    POST /sim/moves/revoke[?person=0]    kills the grants of one person or all
    POST /sim/moves/expire               access tokens expire now
    POST /sim/moves/zone?id=Asia/Tokyo   the person travels
    POST /sim/moves/late?day=2016-06-18[&person=0]   an old day changes now
    POST /sim/moves/end?how=running|gone|refused     the service ends
    POST /sim/moves/redirect?uri=URI     registers one more redirect URI
    """

  var counted: [UInt8] { stats.json }
  var consents: Int? { grantsAlive }

  /// One switch; false when it cannot be set like that.
  mutating func control(_ name: String, _ request: SimRequest, now: Instant) -> Bool {
    func value(_ name: String) -> String? { request.parameter(name) }
    let who = value("person").flatMap { CivilText.number($0) }
    if value("person") != nil, who.map({ $0 < settings.persons }) != true { return false }
    switch name {
    case "deny":
      guard let on = value("on").flatMap(Bool.init) else { return false }
      denies = on
    case "person":
      guard let n = value("n").flatMap({ CivilText.number($0) }), n < settings.persons else {
        return false
      }
      person = n
    case "revoke": _ = revoke(person: who)
    case "expire": expireTokens(now: now)
    case "zone":
      guard let next = value("id").flatMap({ SimZone($0) }) else { return false }
      zone = next
    case "late":
      guard let day = value("day").flatMap({ MovesSpan.day($0) }) else { return false }
      return change(day, person: who ?? 0, now: now)
    case "end":
      guard let how = value("how").flatMap(ServiceEnd.init) else { return false }
      end = how
    case "redirect": return value("uri").map { register(redirectURI: $0) } ?? false
    default: return false
    }
    return true
  }

  /// Grants that were given and not revoked.
  public var grantsAlive: Int { tokens.grants.count { !$0.isRevoked } }
}
