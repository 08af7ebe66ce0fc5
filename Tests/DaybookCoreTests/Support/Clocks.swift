import DaybookCore

/// One moment of a test, by default an hour after the machine started, on 2016-06-18 at 12:00:00
/// UTC, a multiple of every common window's length.
func moment(_ seconds: Double = 0, synchronised: Bool = true) -> Now {
  let microseconds = Int64((seconds * 1_000_000).rounded())
  return Now(
    wall: Instant(microseconds: 1_466_251_200_000_000 + microseconds),
    boot: BootTime(microseconds: 3_600_000_000 + microseconds), synchronised: synchronised)
}

/// The boot clock of ``moment(_:synchronised:)``.
func boot(_ seconds: Double) -> BootTime { moment(seconds).boot }

extension WindowSpec {
  /// `limit` calls in `seconds`.
  init(_ limit: Int, in seconds: Double, align: Align = .unknown, name: String? = nil) {
    self.init(
      name: name ?? "\(limit)/\(seconds)s", seconds: seconds, limit: limit, per: .app,
      align: align)
  }
}
