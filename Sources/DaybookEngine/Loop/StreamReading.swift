import DaybookCore

/// What is asked of the answers for a stream's days, and how they are scanned: the same for each
/// call and each account, so it is made once.
struct StreamReading {
  /// Without the day, and the zone that it is in.
  let inquiry: Inquiry
  let plan: ScanPlan

  init(_ spec: StreamSpec, _ provider: Provider) {
    inquiry = Inquiry(
      kind: .data, stream: spec.name, rows: provider.answers,
      belongs: spec.isCut ? nil : spec.belongs,
      wanted: (spec.settle.open.map { [$0.at] } ?? []) + (spec.pages?.wanted ?? []))
    plan = spec.answerPlan(inquiry).prepared
  }

  /// About one day, or the last of several.
  func inquiry(of day: Day, in zone: Zone) -> Inquiry {
    var out = inquiry
    out.day = day
    out.zone = zone
    return out
  }
}

extension Engine {
  func reading(_ spec: StreamSpec, _ provider: Provider) -> StreamReading {
    let key = "\(provider.name)/\(spec.name)"
    if let made = readings[key] { return made }
    let made = StreamReading(spec, provider)
    readings[key] = made
    return made
  }
}
