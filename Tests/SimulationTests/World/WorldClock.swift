import DaybookCore

/// The true time, and what the machine makes of it: a civil clock that may be wrong, and a boot
/// clock that begins anew with each boot.
struct WorldClock {
  /// Of the world: never goes back, not even when the machine boots.
  private(set) var boot = BootTime(microseconds: 3_600_000_000)
  private let offset: Int64
  private var bootedAt = BootTime(microseconds: 0)
  private(set) var boots = 1
  /// How far the machine's civil clock is ahead of the truth.
  var error = Duration.zero
  var synchronised: Bool

  init(start: Instant, synchronised: Bool) {
    offset = start.microseconds - boot.microseconds
    self.synchronised = synchronised
  }

  var truth: Instant { Instant(microseconds: boot.microseconds + offset) }
  var bootID: String { "boot-\(boots)" }

  var now: Now {
    Now(
      wall: truth + error, boot: BootTime(microseconds: (boot - bootedAt).inMicroseconds),
      synchronised: synchronised)
  }

  func boot(of truth: Instant) -> BootTime {
    BootTime(microseconds: truth.microseconds - offset)
  }

  mutating func advance(to moment: BootTime) { boot = max(boot, moment) }

  /// The machine starts again: its boot clock counts from 0.
  mutating func reboot() {
    boots += 1
    bootedAt = boot
  }
}
