import DaybookCore

/// `daybook plan` as a table.
enum PlanText {
  static func text(_ steps: [PlannedStep], _ look: Look, _ clock: LocalClock) -> String {
    guard !steps.isEmpty else { return "nothing to do\n" }
    var table = Table([
      .init(title: "WHEN", drop: 3), .init(title: "ACCOUNT"), .init(title: "STREAM", drop: 1),
      .init(title: "DAY"), .init(title: "ACTION", drop: 2), .init(title: "CLASS", drop: 4),
      .init(title: "WHY", drop: 5),
    ])
    for step in steps {
      table.add([
        .init(step.at.map { clock.text($0) } ?? "now"),
        .init(escapedForTerminal(step.account)),
        .init(escapedForTerminal(step.stream ?? "")), .init(step.day.map { "\($0)" } ?? ""),
        .init(escapedForTerminal(step.action)), .init(step.workClass?.name ?? ""),
        .init(escapedForTerminal(step.why ?? "")),
      ])
    }
    return table.text(look)
  }
}
