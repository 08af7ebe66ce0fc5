import DaybookCore

/// The data API: token, quota, then the answer.
extension FitbitModel {
  mutating func api(_ request: SimRequest, _ now: Instant) -> SimResponse {
    guard let endpoint = FitbitEndpoint(request.components), request.method == "GET" else {
      stats.add(.other)
      return FitbitError.unknownEndpoint.response
    }
    stats.add(endpoint.data.call)
    let owner: (person: Int, pair: FitbitPair)
    do throws(FitbitError) {
      owner = try bearer(request, now)
    } catch {
      stats.count(status: error.status)
      return error.response
    }
    tokens.use(access: owner.pair.access)
    stats.meter(now)
    let state = quota.take(pool: owner.person, factor: 1, now: now - settings.resetLag)
    var response =
      state.refused ? tooMany(now) : served(endpoint, owner.person, owner.pair.scopes, now)
    if response.status >= 400, !state.refused, !settings.failedCallsCount {
      quota.giveBack(pool: owner.person)
    }
    stats.count(status: response.status)
    response.headers += limits(state, now)
    return response
  }

  private func limits(_ state: Quota.State, _ now: Instant) -> [SimField] {
    [
      SimField("Fitbit-Rate-Limit-Limit", String(state.limits[0])),
      SimField("Fitbit-Rate-Limit-Remaining", String(state.left[0])),
      SimField("Fitbit-Rate-Limit-Reset", String(secondsLeft(now))),
    ]
  }

  /// Until the clock's next window, rounded up.
  private func secondsLeft(_ now: Instant) -> Int64 {
    let length = max(1, settings.quota.length.inMicroseconds)
    let left = length - (now.microseconds - floorDividing(now.microseconds, length) * length)
    return (left + 999_999) / 1_000_000
  }

  private func tooMany(_ now: Instant) -> SimResponse {
    var response = FitbitError.tooMany.response
    if settings.sendsRetryAfter {
      response.headers.append(SimField("Retry-After", String(secondsLeft(now))))
    }
    return response
  }

  private mutating func served(
    _ endpoint: FitbitEndpoint, _ person: Int, _ scopes: [String], _ now: Instant
  ) -> SimResponse {
    do throws(FitbitError) {
      guard endpoint.user == "-" || endpoint.user == tokens.userID(person) else {
        throw .otherUser(endpoint.user)
      }
      let sync = sync(person, now)
      let span = try FitbitSpan(endpoint, today: sync.today)
      guard scopes.contains(endpoint.data.scope) else {
        throw .insufficientScope(endpoint.data.scope)
      }
      if !endpoint.dates.isEmpty, settings.countsDays { stats.count(endpoint.data.name, span.days) }
      return .fitbit(200, body(endpoint.data, span, person, sync))
    } catch {
      return error.response
    }
  }

  private func body(
    _ data: FitbitData, _ span: FitbitSpan, _ person: Int, _ sync: WearerSync
  ) -> [UInt8] {
    let view = FitbitView(
      wearer: wearers[person], sync: sync, pointEvery: max(1, settings.pointEvery))
    switch data {
    case .profile: return profile(person, sync)
    case .devices: return devices(person, sync)
    case .summary: return view.summary(span.days.lowerBound)
    case .series(let resource): return view.series(resource, span.days)
    case .intraday(let resource): return view.intraday(resource, span, approved: approved)
    case .heart: return view.heart(span.days)
    case .heartIntraday: return view.heartIntraday(span, approved: approved)
    case .variability: return view.variability(span.days)
    case .saturation:
      let delay = Int(settings.saturationDelay.inSeconds)
      return view.saturation(span.days, isByDate: span.isByDate, delay: delay)
    case .breathing: return view.breathing(span.days)
    case .sleep:
      let computing = sleepPending ? nil : Int(settings.sleepComputing.inSeconds)
      return view.sleep(span.days, computing: computing)
    case .weight: return view.weight(span.days)
    }
  }
}
