import DaybookCore

/// The data API: token, quota, account, then the answer.
extension GoogleHealthModel {
  /// What a path below `/v4/users/me` names.
  enum Target: Hashable {
    case identity, profile, settings, devices
    /// Type and method.
    case list(String), reconcile(String), rollUp(String), dailyRollUp(String)
    /// Type and id.
    case get(String, String)
    /// Id of an exercise.
    case tcx(String)

    init?(_ request: SimRequest) {
      let path = request.components.map { FormText.decoded($0) }
      guard path.starts(with: ["v4", "users", "me"]) else { return nil }
      let rest = Array(path.dropFirst(3))
      switch (request.method, rest.count) {
      case ("GET", 1) where rest[0] == "identity": self = .identity
      case ("GET", 1) where rest[0] == "profile": self = .profile
      case ("GET", 1) where rest[0] == "settings": self = .settings
      case ("GET", 1) where rest[0] == "pairedDevices": self = .devices
      case (_, 3...4) where rest[0] == "dataTypes":
        guard let target = Target.points(request.method, rest) else { return nil }
        self = target
      default: return nil
      }
    }

    private static let export = ":exportExerciseTcx"

    private static func points(_ method: String, _ rest: [String]) -> Target? {
      if rest.count == 4, rest[3].hasSuffix(Target.export) {
        let isExercise = method == "GET" && rest[1] == "exercise" && rest[2] == "dataPoints"
        return isExercise ? .tcx(String(rest[3].dropLast(Target.export.count))) : nil
      }
      if rest.count == 4 {
        return method == "GET" && rest[2] == "dataPoints" ? .get(rest[1], rest[3]) : nil
      }
      switch (method, rest[2]) {
      case ("GET", "dataPoints"): return .list(rest[1])
      case ("GET", "dataPoints:reconcile"): return .reconcile(rest[1])
      case ("POST", "dataPoints:rollUp"): return .rollUp(rest[1])
      case ("POST", "dataPoints:dailyRollUp"): return .dailyRollUp(rest[1])
      default: return nil
      }
    }

    var call: GoogleHealthStats.Call {
      switch self {
      case .identity: .identity
      case .profile: .profile
      case .settings: .settings
      case .devices: .devices
      case .list: .list
      case .reconcile: .reconcile
      case .rollUp: .rollUp
      case .dailyRollUp: .dailyRollUp
      case .get: .get
      case .tcx: .tcx
      }
    }
  }

  mutating func api(_ request: SimRequest, _ now: Instant) -> SimResponse {
    guard let target = Target(request) else { return unknown() }
    stats.add(target.call)
    do throws(HealthFault) {
      guard let text = bearer(request), let grant = grants.live(text, now: now) else {
        throw .unauthenticated
      }
      stats.meter(now)
      guard quota.take(person: grant.person, now: now) else { throw .exhausted }
      // Not confirmed: that it concerns every method.
      guard !notLinked.contains(grant.person) else { throw .notLinked }
      if case .tcx(let id) = target { return try exportTCX(id, request, grant, now) }
      return HealthFault.json(200, try body(target, request, grant, now))
    } catch {
      stats.count(status: error.code)
      return error.response
    }
  }

  private func bearer(_ request: SimRequest) -> String? {
    guard let header = request.header("authorization") else {
      return request.query.first { $0.name == "access_token" }?.value
    }
    return header.lowercased().hasPrefix("bearer ") ? String(header.dropFirst(7)) : nil
  }

  private mutating func body(
    _ target: Target, _ request: SimRequest, _ grant: GoogleGrant, _ now: Instant
  ) throws(HealthFault) -> [UInt8] {
    switch target {
    case .identity: return identity(grant.person)
    case .profile:
      try need("profile", grant)
      guard !settings.withoutFitbit.contains(grant.person) else { throw .noProfile }
      return profile(grant.person, now)
    case .settings:
      try need("settings", grant)
      return userSettings(grant.person, now)
    case .devices:
      try need("settings", grant)
      return try pairedDevices(request, grant.person, now)
    case .list(let name):
      return try points(request, try type(name, .list, grant), reconciles: false, grant.person, now)
    case .reconcile(let name):
      let type = try type(name, .reconcile, grant)
      return try points(request, type, reconciles: true, grant.person, now)
    case .rollUp(let name):
      return try rollUp(request, try type(name, .rollUp, grant), grant.person, now)
    case .dailyRollUp(let name):
      return try dailyRollUp(request, try type(name, .dailyRollUp, grant), grant.person, now)
    case .get(let name, let id):
      return try point(id, try type(name, .get, grant), grant.person, now)
    case .tcx: preconditionFailure("answered with another type of content")
    }
  }

  func need(_ topic: String, _ grant: GoogleGrant) throws(HealthFault) {
    guard grant.scopes.contains(HealthScope.reading(topic)) else { throw .scope }
  }

  /// The type of this name, which has this method and which the grant may read.
  private func type(
    _ name: String, _ method: HealthDataType.Methods, _ grant: GoogleGrant
  ) throws(HealthFault) -> HealthDataType {
    guard !name.contains("_") else {
      throw .invalid(
        "INVALID_PARENT_DATA_TYPE_COLLECTION_FORMAT", "\(name) must be in kebab-case")
    }
    guard let type = HealthDataType.named(name) else {
      throw .invalid("INVALID_PARENT_DATA_TYPE_COLLECTION", "unknown data type \(name)")
    }
    try need(type.scope, grant)
    // Not confirmed: the reason; only that it begins with INVALID_.
    guard type.methods.contains(method) else {
      throw .invalid("INVALID_PARENT_DATA_TYPE_COLLECTION", "not supported for \(name)")
    }
    return type
  }

  /// A field of the query in either spelling: `pageSize` or `page_size`.
  func query(_ camel: String, _ snake: String, _ request: SimRequest) -> String? {
    request.query.first { $0.name == camel || $0.name == snake }?.value
  }

  /// Absent or 0: the usual size. Larger than the most: the most.
  func pageSize(
    _ text: String?, _ sizes: (usual: Int, most: Int)
  ) throws(HealthFault) -> Int {
    guard let text else { return sizes.usual }
    guard let size = CivilText.number(text) else { throw .argument("cannot read pageSize") }
    return size == 0 ? sizes.usual : min(size, sizes.most)
  }

  func moment(_ person: Int, _ now: Instant) -> HealthMoment {
    HealthMoment(
      now: Int(now.seconds), synced: syncs[person].last(upTo: Int(now.seconds)))
  }
}
