import DaybookCore

@testable import DaybookEngine

extension CheckJob {
  /// A job over `me`'s steps of 2016.
  static func make(
    rows: [CheckRow] = [], deep: Bool = false, repair: Bool = false, plan: ScanPlan = ScanPlan(),
    busy: Set<String> = [], year: Int = 2016
  ) -> CheckJob {
    CheckJob(
      id: 7, account: "me", stream: "steps", year: year, rows: rows, deep: deep, repair: repair,
      plan: plan, busy: busy)
  }
}

extension CheckRow {
  /// The row of a day whose body is `text`, fetched when the fixture's first file was.
  init(_ day: Day, _ text: String, fetchedAt: Instant = ArchiveFixture.time()) {
    let bytes = Array(text.utf8)
    self.init(
      day: day, size: Int64(bytes.count), sha256: SHA256.digest(bytes), fetchedAt: fetchedAt)
  }
}
