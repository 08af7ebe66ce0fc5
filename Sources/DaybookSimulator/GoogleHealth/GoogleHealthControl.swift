import DaybookCore

/// The switches of the running service, each `POST /sim/google-health/NAME?…`.
extension GoogleHealthModel: ServedModel {
  static let controlName = "google-health"
  public static let controlGuide = """
    POST /sim/google-health/deny?on=true|false     the person refuses to agree
    POST /sim/google-health/person?n=0             who sits at the browser
    POST /sim/google-health/scopes?without=sleep   not ticked; empty: all are
    POST /sim/google-health/testing?on=true|false  new grants end by themselves
    POST /sim/google-health/revoke[?person=0]      kills the grants of one or all
    POST /sim/google-health/expire                 access tokens expire now
    POST /sim/google-health/linked?on=true|false[&person=0]  the account is linked
    POST /sim/google-health/zone?id=Asia/Tokyo     the people travel
    POST /sim/google-health/sync[?person=0]        the devices sync now
    POST /sim/google-health/sync?on=true|false[&person=0]    by themselves, or not
    POST /sim/google-health/late?day=2026-02-03[&person=0]   an old day changes
    POST /sim/google-health/end?how=running|gone|refused     the service ends
    POST /sim/google-health/redirect?uri=URI       registers one more redirect URI
    """

  var counted: [UInt8] { stats.json }
  var consents: Int? { grantsAlive }

  /// One switch; false when it cannot be set like that.
  mutating func control(_ name: String, _ request: SimRequest, now: Instant) -> Bool {
    func value(_ name: String) -> String? { request.parameter(name) }
    let who = value("person").flatMap { CivilText.number($0) }
    if value("person") != nil, who.map(histories.indices.contains) != true { return false }
    let on = value("on").flatMap(Bool.init)
    switch name {
    case "revoke": _ = revoke(person: who)
    case "expire": expireTokens(now: now)
    case "sync":
      guard value("on") == nil || on != nil else { return false }
      sync(person: who, byItself: on, now: now)
    case "late":
      guard let day = value("day").flatMap({ Day($0) }) else { return false }
      return change(day, person: who ?? 0, now: now)
    case "linked":
      guard let on else { return false }
      link(person: who ?? 0, on)
    case "redirect": return value("uri").map { register(redirectURI: $0) } ?? false
    default: return set(name, on, request, now)
    }
    return true
  }

  /// The switches that are one value.
  private mutating func set(
    _ name: String, _ on: Bool?, _ request: SimRequest, _ now: Instant
  ) -> Bool {
    func value(_ name: String) -> String? { request.parameter(name) }
    switch name {
    case "deny":
      guard let on else { return false }
      denies = on
    case "testing":
      guard let on else { return false }
      testing = on
    case "person":
      guard let n = value("n").flatMap({ CivilText.number($0) }), histories.indices.contains(n)
      else { return false }
      person = n
    case "scopes":
      guard let text = value("without") else { return false }
      withheld = text.split(separator: ",").map(String.init)
    case "zone":
      guard let next = value("id").flatMap({ SimZone($0) }) else { return false }
      travel(to: next, now: now)
    case "end":
      guard let how = value("how").flatMap(ServiceEnd.init) else { return false }
      end = how
    default: return false
    }
    return true
  }

  /// Registers one more redirect URI; false when it is no URI.
  public mutating func register(redirectURI: String) -> Bool {
    guard redirectURI.contains("://"), redirectURIs.count < 100 else { return false }
    redirectURIs.append(redirectURI)
    return true
  }

  /// Kills the grants of a person (nil: of all), as on the account's page; how many there were.
  public mutating func revoke(person: Int? = nil) -> Int { grants.revoke(person: person) }

  /// All access tokens are expired from now on.
  public mutating func expireTokens(now: Instant) { grants.expireAll(now) }

  /// Everybody is in this zone from now on.
  public mutating func travel(to zone: SimZone, now: Instant) {
    zones.move(to: zone, at: Int(now.seconds))
  }

  /// The devices of a person (nil: of all) hand over what they have, or from now on do so by
  /// themselves, or no longer.
  public mutating func sync(person: Int? = nil, byItself: Bool? = nil, now: Instant) {
    let t = Int(now.seconds)
    for i in syncs.indices where person == nil || person == i {
      switch byItself {
      case nil: syncs[i].forced = t
      case true?: syncs[i].heldSince = nil
      case false?: syncs[i].heldSince = syncs[i].heldSince ?? t
      }
    }
  }

  /// The account gets its link, or loses it.
  public mutating func link(person: Int, _ isLinked: Bool) {
    notLinked.removeAll { $0 == person }
    if !isLinked { notLinked.append(person) }
  }

  /// The day changes now, late as it may be: one more walk, a shorter night. False when there were
  /// too many of that.
  public mutating func change(_ day: Day, person: Int = 0, now: Instant) -> Bool {
    guard histories.indices.contains(person),
      histories[person].forced.values.reduce(0, { $0 + $1.count }) < SimLimits.forcedChanges
    else { return false }
    histories[person].forced[day.number, default: []].append(Int(now.seconds))
    return true
  }

  /// Grants that were given and not revoked.
  public var grantsAlive: Int { grants.grants.count { !$0.isRevoked } }
}
