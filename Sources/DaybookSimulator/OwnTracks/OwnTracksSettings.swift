import DaybookCore

/// What can be chosen about the simulated OwnTracks Recorder.
public struct OwnTracksSettings: Hashable, Sendable {
  /// A device, and so a track. Names as the recorder stores them, in lower case.
  public struct Device: Hashable, Sendable {
    public var user: String
    public var device: String
    public init(user: String, device: String) {
      self.user = user.lowercased()
      self.device = device.lowercased()
    }
  }

  public var seed: UInt64 = 1
  /// UTC day of the first point.
  public var firstDay: Day
  public var devices = [Device(user: "jane", device: "phone")]
  /// Where the recorder keeps its files: part of what `list` answers.
  public var storage = "/var/spool/owntracks/recorder/store"
  public var version = "1.0.1"
  /// Seconds between two points, about.
  public var pointEvery = 600
  /// Part of the days of which some hours arrive late, by hours up to weeks.
  public var lateRate = 0.1
  /// Part of the days without points.
  public var emptyRate = 0.05
  /// Adds `tzname` and `isolocal`, as recorders with a zone database do.
  public var zone: SimZone?

  public init(firstDay: Day) { self.firstDay = firstDay }
}
