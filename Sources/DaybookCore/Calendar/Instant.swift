/// A moment on the civil clock: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted
/// (POSIX time). It may step when somebody sets the clock; for durations use ``BootTime``.
public struct Instant: Hashable, Comparable, Sendable {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }
  public init(seconds: Int64) { self.microseconds = seconds * 1_000_000 }

  /// Seconds since 1970 of the years 1...9999, which are all that a ``Day`` can name.
  static let calendar: Range<Int64> = -62_135_596_800..<253_402_300_800

  /// Whole seconds since 1970, rounded down.
  public var seconds: Int64 { Int64(floorDividing(microseconds, 1_000_000)) }

  public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }
  public static func + (a: Instant, b: Duration) -> Instant {
    Instant(microseconds: a.microseconds + b.inMicroseconds)
  }
  public static func - (a: Instant, b: Duration) -> Instant {
    Instant(microseconds: a.microseconds - b.inMicroseconds)
  }
  public static func - (a: Instant, b: Instant) -> Duration {
    .microseconds(a.microseconds - b.microseconds)
  }
}

/// A moment on CLOCK_BOOTTIME: microseconds since the machine started, suspend included. It never
/// steps, and means nothing after a reboot.
public struct BootTime: Hashable, Comparable, Sendable {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static func < (a: BootTime, b: BootTime) -> Bool { a.microseconds < b.microseconds }
  public static func + (a: BootTime, b: Duration) -> BootTime {
    BootTime(microseconds: a.microseconds + b.inMicroseconds)
  }
  public static func - (a: BootTime, b: Duration) -> BootTime {
    BootTime(microseconds: a.microseconds - b.inMicroseconds)
  }
  public static func - (a: BootTime, b: BootTime) -> Duration {
    .microseconds(a.microseconds - b.microseconds)
  }
}

/// What the clocks said at one moment. Made by the program's loop, handed to everything else.
public struct Now: Hashable, Sendable {
  public var wall: Instant
  public var boot: BootTime
  /// The kernel calls the civil clock synchronised (adjtimex(2)).
  public var synchronised: Bool

  public init(wall: Instant, boot: BootTime, synchronised: Bool = true) {
    self.wall = wall
    self.boot = boot
    self.synchronised = synchronised
  }
}

extension Duration {
  /// Whole microseconds, rounded toward zero.
  public var inMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }
  /// Whole seconds, rounded toward zero.
  public var inSeconds: Int64 { components.seconds }

  public static func minutes(_ n: Int64) -> Duration { .seconds(n * 60) }
  public static func hours(_ n: Int64) -> Duration { .seconds(n * 3_600) }
  public static func days(_ n: Int64) -> Duration { .seconds(n * 86_400) }
}

/// Integer division rounding toward negative infinity.
@inlinable
public func floorDividing<I: BinaryInteger>(_ a: I, _ b: I) -> I {
  let (q, r) = a.quotientAndRemainder(dividingBy: b)
  return r != 0 && (r < 0) != (b < 0) ? q - 1 : q
}
