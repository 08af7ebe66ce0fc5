import DaybookCore

/// The switches of a running simulator: `GET /sim/stats`, everything else by POST.
extension SimWorld {
  /// What can be asked, for `--help` and for who asks wrong.
  public static let controlGuide = """
    GET  /sim/stats                      what was counted, as JSON
    POST /sim/faults?add=RULE            one more fault (see below)
    POST /sim/faults?clear               no faults any more

    """ + Providers.all.map { $0.controlGuide }.joined(separator: "\n")

  mutating func control(_ request: SimRequest, now: Instant) -> SimResponse {
    let path = request.components.dropFirst().map(String.init)
    if path == ["stats"], request.method == "GET" {
      return SimResponse(
        200, headers: [SimField("Content-Type", "application/json")], body: statistics)
    }
    guard request.method == "POST" else { return .text(404, SimWorld.controlGuide + "\n") }
    let done =
      switch path.count {
      case 1 where path[0] == "faults": switchFaults(request)
      case 2: providers.control(path[0], path[1], request, now: now)
      default: false
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
