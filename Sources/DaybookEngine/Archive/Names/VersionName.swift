import DaybookCore

/// Names of a day's earlier reads: `versions/2016-06-18.20261122T230000Z.json`, with `-2`, `-3`
/// before the extension when two reads of one second differ.
enum VersionName {
  static let folder = "versions"

  static func make(_ path: DayPath, fetchedAt: Instant, copy: Int = 1) -> String {
    let more = copy == 1 ? "" : "-\(copy)"
    return "\(path.day).\(compact(fetchedAt))\(more).\(path.fileExtension)"
  }

  /// ISO 8601, basic format, UTC, whole seconds: `20261122T230000Z`.
  static func compact(_ time: Instant) -> String {
    let day = Day(number: Int(floorDividing(time.seconds, 86_400)))
    let second = Int(time.seconds - Int64(day.number) * 86_400)
    let clock = [second / 3_600, second / 60 % 60, second % 60]
      .map { padded($0, 2) }.joined()
    return "\(day.description.filter { $0 != "-" })T\(clock)Z"
  }
}
