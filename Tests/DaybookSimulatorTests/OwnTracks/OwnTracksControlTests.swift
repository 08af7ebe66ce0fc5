import DaybookCore
import Testing

@testable import DaybookSimulator

struct OwnTracksControlTests {
  static func set(_ recorder: inout Recorder, _ target: String) -> Bool {
    let request = SimRequest("POST", "/sim/owntracks/" + target)
    return recorder.model.control(
      request.components.last.map(String.init) ?? "", request, now: recorder.now)
  }

  @Test(
    "the recorder ends and comes back",
    arguments: [("gone", 410), ("refused", 410), ("running", 200)])
  func end(how: String, status: Int) {
    var recorder = Recorder()
    let done = Self.set(&recorder, "end?how=" + how)
    #expect(done && recorder.model.end.rawValue == how)
    #expect(recorder.get("list").status == status)
  }

  @Test("there is nothing else to switch", arguments: ["end", "end?how=soon", "deny?on=true", ""])
  func refused(target: String) {
    var recorder = Recorder()
    let done = Self.set(&recorder, target)
    #expect(!done && recorder.model.end == .running)
  }

  @Test("the guide names the switch, and how a point is posted")
  func guide() {
    let lines = OwnTracksModel.controlGuide.split(separator: "\n")
    #expect(lines.map { $0.prefix { $0 != "?" } } == ["POST /sim/owntracks/end", "POST /pub"])
  }

  @Test("calls are counted, consents are none")
  func counted() {
    var recorder = Recorder()
    _ = recorder.get("list")
    #expect(recorder.model.counted == recorder.model.stats.json)
    #expect(recorder.model.stats.count(.lists) == 1 && recorder.model.consents == nil)
  }
}
