import Testing

@testable import DaybookSimulator

struct TimelineSegmentTests {
  @Test(
    "distance and steps follow from time and way of moving",
    arguments: [
      (.walking, 100, 130, 185), (.running, 100, 280, 254), (.cycling, 100, 480, 0),
      (.car, 60, 720, 0), (.bus, 10, 70, 0), (.funicular, 100, 300, 0), (.walking, 0, 0, 0),
    ] as [(TravelMode, Int, Int, Int)])
  func amounts(mode: TravelMode, seconds: Int, distance: Int, steps: Int) {
    let activity = TimelineActivity(mode, start: 1_000, end: 1_000 + seconds)
    #expect(activity.distance == distance)
    #expect(activity.steps == steps)
    #expect(!activity.manual)
  }

  @Test(
    "the groups are the four of the API",
    arguments: [
      (.walking, "walking"), (.running, "running"), (.cycling, "cycling"), (.car, "transport"),
      (.bus, "transport"), (.tram, "transport"), (.funicular, "transport"),
      (.transport, "transport"), (.underground, "transport"),
    ] as [(TravelMode, String)])
  func groups(mode: TravelMode, group: String) {
    #expect(mode.group == group)
  }

  @Test("colours are six hexadecimal digits", arguments: TravelMode.allCases)
  func colors(mode: TravelMode) {
    #expect(mode.color.utf8.count == 6)
    #expect(mode.color.allSatisfy { $0.isHexDigit })
  }

  @Test("only one's own strength burns calories", arguments: TravelMode.allCases)
  func calories(mode: TravelMode) {
    #expect((mode.caloriesPerHour > 0) == (mode.group != "transport"))
  }

  @Test("the length is from start to end")
  func length() {
    #expect(TimelineSegment(start: 10, end: 25, place: 0).length == 15)
  }
}
