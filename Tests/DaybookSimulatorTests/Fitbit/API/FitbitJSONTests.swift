import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitJSONTests {
  static func text(_ write: (inout FitbitJSON) -> Void) -> String {
    var json = FitbitJSON()
    json.array { write(&$0) }
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test("commas stand between members, and nowhere else")
  func commas() {
    let text = Self.text {
      $0.object { _ in }
      $0.object {
        $0.integer("a", 1)
        $0.array("b") { list in for n in 1...3 { list.object { $0.integer("n", n) } } }
        $0.object("c") { $0.flag("d", true) }
        $0.text("e", "f")
      }
      $0.array { _ in }
    }
    #expect(text == #"[{},{"a":1,"b":[{"n":1},{"n":2},{"n":3}],"c":{"d":true},"e":"f"},[]]"#)
  }

  @Test("keys may be made while running")
  func named() {
    let text = Self.text {
      $0.object {
        $0.array(named: "activities-steps") { _ in }
        $0.object(named: "x\"") { _ in }
        $0.integer(named: "n", 4)
      }
    }
    #expect(text == #"[{"activities-steps":[],"x\"":{},"n":4}]"#)
  }

  @Test(
    "millionths are decimal numbers, whole ones without a point",
    arguments: [
      (0, "0"), (1_000_000, "1"), (1_190_000, "1.19"), (-2_500_000, "-2.5"), (1, "0.000001"),
      (3_048_000, "3.048"), (12_000_000, "12"),
    ])
  func millionths(n: Int, text: String) {
    let written = Self.text { json in json.object { $0.millionths("n", n) } }
    #expect(written == "[{\"n\":\(text)}]")
  }

  @Test(
    "moments are counted from the midnight of a day, backwards too",
    arguments: [
      (0, "2024-03-01T00:00:00.000"), (86_399, "2024-03-01T23:59:59.000"),
      (-1, "2024-02-29T23:59:59.000"), (86_400, "2024-03-02T00:00:00.000"),
      (-5_400, "2024-02-29T22:30:00.000"),
    ])
  func moments(second: Int, text: String) {
    let written = Self.text { json in json.object { $0.moment("t", day("2024-03-01"), second) } }
    #expect(written == "[{\"t\":\"\(text)\"}]")
  }

  @Test("days and clocks are padded")
  func padded() {
    let text = Self.text { json in
      json.object {
        $0.day("d", day("2024-03-01"))
        $0.clock("c", 3_661)
        $0.text("s", static: "x")
      }
    }
    #expect(text == #"[{"d":"2024-03-01","c":"01:01:01","s":"x"}]"#)
  }

  @Test("points have the time of day and a number")
  func points() {
    let text = Self.text {
      $0.point(0, 61)
      $0.point(86_399, 102)
      $0.point(36_060, millionths: 500_000)
      $0.point(36_120, millionths: 37_000_000)
    }
    #expect(
      text
        == #"[{"time":"00:00:00","value":61},{"time":"23:59:59","value":102},"#
        + #"{"time":"10:01:00","value":0.5},{"time":"10:02:00","value":37}]"#)
  }

  @Test("texts are escaped")
  func escaped() {
    let written = Self.text { json in json.object { $0.text("t", "a\"b\\c\n") } }
    #expect(written == #"[{"t":"a\"b\\c\u000a"}]"#)
  }
}
