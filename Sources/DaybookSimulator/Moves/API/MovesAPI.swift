import DaybookCore

/// The data API: token, quota, then the answer.
extension MovesModel {
  /// What a path below `/api/1.1` names.
  private enum Target {
    case profile, supported
    /// With what follows `/daily/`.
    case days(MovesStream, Substring?)

    init?(_ path: ArraySlice<Substring>) {
      let path = Array(path)
      switch path.count {
      case 1 where path[0] == "activities": self = .supported
      case 2 where path[0] == "user" && path[1] == "profile": self = .profile
      case 3...4 where path[0] == "user" && path[2] == "daily":
        guard let stream = MovesStream(rawValue: String(path[1])) else { return nil }
        self = .days(stream, path.count == 4 ? path[3] : nil)
      default: return nil
      }
    }

    var call: MovesStats.Call {
      switch self {
      case .profile: .profile
      case .supported: .supported
      case .days(let stream, _): MovesStats.Call(rawValue: stream.rawValue) ?? .other
      }
    }
  }

  mutating func api(
    _ path: ArraySlice<Substring>, _ request: SimRequest, _ now: Instant
  ) -> SimResponse {
    guard let target = Target(path) else { return unknown() }
    stats.add(target.call)
    guard request.method == "GET" else { return .text(405, "method not allowed\n") }
    guard let text = bearer(request), let token = live(text, now) else {
      stats.unauthorized += 1
      return .text(401, "expired_access_token")
    }
    tokens.used(token)
    stats.meter(now)
    let pool = settings.limitsPerApp ? -1 : token.grant
    let isFresh = now - token.issued < settings.freshSpan
    let state = quota.take(pool: pool, factor: isFresh ? settings.freshFactor : 1, now: now)
    var response: SimResponse
    if state.refused {
      stats.refused += 1
      response = .text(429, "rate limit exceeded\n")
    } else {
      response = body(target, request, token, now)
      if response.status == 304, !settings.unchangedCounts { quota.giveBack(pool: pool) }
    }
    response.headers += quota.headers(state)
    return response
  }

  private func bearer(_ request: SimRequest) -> String? {
    guard let header = request.header("authorization") else {
      return request.query.first { $0.name == "access_token" }?.value
    }
    return header.lowercased().hasPrefix("bearer ") ? String(header.dropFirst(7)) : nil
  }

  private mutating func body(
    _ target: Target, _ request: SimRequest, _ token: AccessToken, _ now: Instant
  ) -> SimResponse {
    let grant = tokens.grants[token.grant]
    switch target {
    case .profile: return tagged(profile(grant.person, now), request)
    case .supported: return tagged(MovesModel.supported, request)
    case .days(let stream, let form):
      guard stream.scopes.allSatisfy(grant.scopes.contains) else {
        return .text(403, "insufficient_scope\n")
      }
      return days(stream, form, request, grant.person, now)
    }
  }

  private mutating func days(
    _ stream: MovesStream, _ form: Substring?, _ request: SimRequest, _ person: Int, _ now: Instant
  ) -> SimResponse {
    let points = stream == .storyline && request.parameter("trackPoints") == "true"
    let today = max(zone.day(at: now), settings.firstDay)
    let since = request.parameter("updatedSince")
    let span: ClosedRange<Day>
    do throws(MovesSpan.Refusal) {
      if let since, MovesSpan.instant(since) == nil {
        throw MovesSpan.Refusal(text: "cannot read updatedSince")
      }
      span = try MovesSpan(
        form: form, query: request.query, history: settings.firstDay...today, trackPoints: points
      ).days
    } catch {
      stats.bad += 1
      return .text(400, error.text + "\n")
    }
    count(stream, span)
    let omitted = settings.updatedSinceOmits ? since.flatMap(MovesSpan.instant) : nil
    var writer = DayWriter(
      stream: stream, timeline: timelines[person],
      gazetteer: Gazetteer(seed: timelines[person].seed),
      zone: zone, pointEvery: points ? max(1, settings.pointEvery) : nil,
      calories: settings.caloriesAvailable, updatedSince: omitted, clock: ZoneClock(zone))
    return tagged(writer.days(span, now: Int(now.seconds)), request)
  }

  private mutating func count(_ stream: MovesStream, _ span: ClosedRange<Day>) {
    guard settings.countsDays else { return }
    stats.count(stream.rawValue, span)
  }

  /// With its weak entity tag, or 304 when the client has these bytes already.
  private mutating func tagged(_ body: [UInt8], _ request: SimRequest) -> SimResponse {
    let tag = "W/\"\(Checksum.hex128(body))\""
    if request.header("if-none-match") == tag {
      stats.unchanged += 1
      return SimResponse(304, headers: [SimField("ETag", tag)])
    }
    return SimResponse(
      200,
      headers: [
        SimField("Content-Type", "application/json; charset=utf-8"), SimField("ETag", tag),
      ], body: body)
  }
}
