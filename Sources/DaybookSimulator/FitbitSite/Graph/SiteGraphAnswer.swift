import DaybookCore

/// `/graph/getGraphData`: session, quota, then the graph.
extension FitbitSiteModel {
  mutating func graph(_ request: SimRequest, _ now: Instant) -> SimResponse {
    guard request.method == "GET" else { return notAllowed() }
    let asked = SiteGraphRequest(request.query)
    stats.add(asked?.graph.call ?? .other)
    guard let person = signedIn(request, now) else {
      stats.unauthorized += 1
      // Not confirmed: what the site answered without a session.
      return SitePages.redirect("/login")
    }
    stats.meter(now)
    if settings.enforcesQuota, quota.take(pool: person, factor: 1, now: now).refused {
      stats.refused += 1
      return SitePages.error(503, "Service Unavailable")
    }
    guard let asked else {
      stats.bad += 1
      return SitePages.error(400, "Bad Request")
    }
    guard asked.userID == userID(person) else {
      stats.forbidden += 1
      // Not confirmed: what the site answered for somebody else's id.
      return SitePages.error(403, "Forbidden")
    }
    if settings.countsDays { stats.count(asked.graph.call.rawValue, asked.day...asked.day) }
    return SimResponse(
      200, headers: [SimField("Content-Type", "text/xml; charset=UTF-8")],
      body: document(asked, trackers[person], now: Int(now.seconds)))
  }

  private func document(
    _ asked: SiteGraphRequest, _ tracker: SiteTracker, now: Int
  ) -> [UInt8] {
    let day = asked.day.number
    let known = tracker.minutesKnown(day, zone: zone, now: now)
    var random = Seeded(tracker.seed, day, asked.graph == .sleep ? 34 : 33)
    var writer = SiteGraphWriter(settings, hasEllipsis: random.chance(settings.ellipsisRate))
    guard asked.graph == .sleep else {
      return writer.values(tracker.values(asked.graph, day, known: known, now: now))
    }
    return writer.sleep(record(asked.record, in: tracker.sleeps(day, known: known)))
  }

  /// The first record when none is named. Not confirmed: an unknown one is as if there was none.
  private func record(_ id: String?, in sleeps: [SiteSleep]) -> SiteSleep? {
    guard let id else { return sleeps.first }
    return sleeps.first { String($0.id) == id }
  }

  /// The ids of a day's sleep records as known at `now`; the site shows them nowhere.
  public func sleepIDs(_ day: Day, person: Int = 0, now: Instant) -> [Int] {
    guard trackers.indices.contains(person) else { return [] }
    let tracker = trackers[person]
    let known = tracker.minutesKnown(day.number, zone: zone, now: Int(now.seconds))
    return tracker.sleeps(day.number, known: known).map(\.id)
  }
}
