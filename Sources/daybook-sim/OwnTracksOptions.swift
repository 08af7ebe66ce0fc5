import ArgumentParser
import DaybookSimulator

/// What can be chosen about the simulated OwnTracks Recorder.
struct OwnTracksOptions: ParsableArguments {
  @Option(
    name: .customLong("device"),
    help: ArgumentHelp("A track, USER/DEVICE; may be repeated.", valueName: "user/device"))
  var deviceTexts: [String] = ["jane/phone"]

  @Option(help: ArgumentHelp("Seconds between two points, about.", valueName: "seconds"))
  var trackEvery = 600

  @Option(
    help: ArgumentHelp("Part of the days of which hours arrive late, 0 to 1.", valueName: "part"))
  var lateTrack = 0.1

  @Option(help: ArgumentHelp("Part of the days without points, 0 to 1.", valueName: "part"))
  var emptyTrack = 0.05

  func validate() throws {
    for text in deviceTexts where device(text) == nil {
      throw ValidationError("--device '\(text)' is not USER/DEVICE")
    }
    guard (1...86_400).contains(trackEvery) else {
      throw ValidationError("--track-every is 1 to 86400 seconds")
    }
    guard (0...1).contains(lateTrack), (0...1).contains(emptyTrack) else {
      throw ValidationError("--late-track and --empty-track are 0 to 1")
    }
  }

  private func device(_ text: String) -> OwnTracksSettings.Device? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    return .init(user: String(parts[0]), device: String(parts[1]))
  }

  func model(_ server: ServerOptions) -> OwnTracksModel {
    let utc = SimZone(id: "UTC", standard: 0)
    var settings = OwnTracksSettings(firstDay: server.firstDay(utc))
    settings.seed = server.seed
    settings.devices = deviceTexts.compactMap(device)
    settings.pointEvery = trackEvery
    settings.lateRate = lateTrack
    settings.emptyRate = emptyTrack
    return OwnTracksModel(settings)
  }
}
