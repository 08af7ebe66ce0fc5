import DaybookCore

/// The switches of a running simulator: `GET /sim/stats`, everything else by POST.
extension SimWorld {
  /// What can be asked, for `--help` and for who asks wrong.
  public static let controlGuide = """
    GET  /sim/stats                      what was counted, as JSON
    POST /sim/faults?add=RULE            one more fault (see below)
    POST /sim/faults?clear               no faults any more
    POST /sim/moves/deny?on=true|false   the person refuses to agree
    POST /sim/moves/person?n=0           who sits in front of the browser
    POST /sim/moves/revoke[?person=0]    kills the grants of one person or all
    POST /sim/moves/expire               access tokens expire now
    POST /sim/moves/zone?id=Asia/Tokyo   the person travels
    POST /sim/moves/late?day=2016-06-18[&person=0]   an old day changes now
    POST /sim/moves/end?how=running|gone|refused     the service ends
    POST /sim/moves/redirect?uri=URI     registers one more redirect URI
    POST /sim/owntracks/end?how=running|gone|refused
    POST /pub?u=jane&d=phone             a point, as the OwnTracks app posts it
    """

  mutating func control(_ request: SimRequest, now: Instant) -> SimResponse {
    let path = request.components.dropFirst().map(String.init)
    if path == ["stats"], request.method == "GET" {
      return SimResponse(
        200, headers: [SimField("Content-Type", "application/json")], body: statistics)
    }
    guard request.method == "POST" else { return .text(404, SimWorld.controlGuide + "\n") }
    let done: Bool
    switch path.first {
    case "faults" where path.count == 1: done = switchFaults(request)
    case "moves" where path.count == 2:
      done = providers.moves?.control(path[1], request, now: now) ?? false
    case "owntracks" where path == ["owntracks", "end"]:
      let how = request.parameter("how").flatMap(ServiceEnd.init)
      done = how != nil && providers.ownTracks != nil
      if let how { providers.ownTracks?.end = how }
    default: done = false
    }
    return done ? .text(200, "ok\n") : .text(400, SimWorld.controlGuide + "\n\n" + grammar + "\n")
  }

  private var grammar: String { FaultRule.grammar }

  private mutating func switchFaults(_ request: SimRequest) -> Bool {
    var added = false
    for field in request.query {
      switch field.name {
      case "clear":
        faults.clear()
        added = true
      case "add":
        guard let rule = try? FaultRule(field.value), faults.add(rule) else { return false }
        added = true
      default: return false
      }
    }
    return added
  }
}

extension MovesModel {
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
  var grantsAlive: Int { tokens.grants.count { !$0.isRevoked } }
}
