import ArgumentParser
import DaybookCore
import DaybookSimulator

/// What every server takes.
struct ServerOptions: ParsableArguments {
  @Option(help: "Port on 127.0.0.1; 0 takes any free one.")
  var port = 0

  @Option(
    help: ArgumentHelp(
      "Everything that looks random follows from this number.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Days of history, today included.", valueName: "count"))
  var days: Int?

  @Option(
    help: ArgumentHelp("First day of the history, YYYY-MM-DD, instead of --days.", valueName: "day")
  )
  var firstDate: String?

  @Option(
    name: .customLong("fault"),
    help: ArgumentHelp("Something that goes wrong; may be repeated.", valueName: "rule"))
  var faultTexts: [String] = []

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535") }
    if let days, !(1...SimLimits.days).contains(days) {
      throw ValidationError("--days is 1 to \(SimLimits.days)")
    }
    if days != nil, firstDate != nil {
      throw ValidationError("--days and --first-date exclude each other")
    }
    if let firstDate, Day(firstDate) == nil {
      throw ValidationError("--first-date '\(firstDate)' is no date YYYY-MM-DD")
    }
    _ = try rules()
  }

  func rules() throws -> [FaultRule] {
    try faultTexts.map { text in
      do throws(FaultRule.Unreadable) { return try FaultRule(text) } catch {
        throw ValidationError("--fault \(text): \(error)\n\n\(FaultRule.grammar)")
      }
    }
  }

  /// The first day, counted back from today in the zone of the person.
  func firstDay(_ zone: SimZone) -> Day {
    if let day = firstDate.flatMap({ Day($0) }) { return day }
    return zone.day(at: SimServer.wallClock()) - ((days ?? 700) - 1)
  }
}
