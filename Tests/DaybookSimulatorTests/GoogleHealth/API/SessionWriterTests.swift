import DaybookCore
import Testing

@testable import DaybookSimulator

struct SessionWriterTests {
  static let end = "sleep.interval.civil_end_time"

  @Test("a processed sleep has stages, a summary and its metadata")
  func sleep() {
    let nights = PointWriterTests.points("sleep")
    #expect((7...12).contains(nights.count))
    for night in nights {
      let sleep = night["sleep"]
      #expect(
        sleep?.keys == [
          "interval", "type", "stages", "summary", "metadata", "createTime", "updateTime",
        ])
      #expect(sleep?["type"] == "STAGES")
      #expect(sleep?["metadata"]?["processed"] == true)
      let isNap = sleep?["metadata"]?["nap"] == true
      #expect(isNap != (sleep?["metadata"]?["mainSleep"] == true))
      #expect(sleep?["metadata"]?.keys.count == 2, "what is false is left out")
    }
  }

  @Test("the stages fill the interval, and the summary adds them up")
  func stages() {
    for night in PointWriterTests.points("sleep") {
      let sleep = night["sleep"]
      let stages = sleep?["stages"]?.elements ?? []
      #expect(stages.first?["startTime"] == sleep?["interval"]?["startTime"])
      #expect(stages.last?["endTime"] == sleep?["interval"]?["endTime"])
      for stage in stages {
        #expect(
          stage.keys == ["startTime", "startUtcOffset", "endTime", "endUtcOffset", "type"])
        #expect(["AWAKE", "LIGHT", "DEEP", "REM"].contains(stage["type"]?.string ?? ""))
      }
      let summary = sleep?["summary"]
      let whole = Int(summary?["minutesInSleepPeriod"]?.string ?? "") ?? 0
      let asleep = Int(summary?["minutesAsleep"]?.string ?? "") ?? 0
      let awake = Int(summary?["minutesAwake"]?.string ?? "0") ?? 0
      #expect(whole == asleep + awake && asleep > 0)
      let counts = (summary?["stagesSummary"]?.elements ?? []).map {
        Int($0["count"]?.string ?? "") ?? 0
      }
      #expect(counts.reduce(0, +) == stages.count)
    }
  }

  @Test("a sleep may be unprocessed at first, and is then told so by what is missing")
  func unprocessed() {
    var client = GoogleHealthClient.signedIn(now: moment("2026-02-03T11:00:00")) {
      $0.unprocessedRate = 1
      $0.syncsByItself = false
    }
    let history = client.model.histories[0]
    let night = history.sleeps(day("2026-02-03").number, now: .max)[0]
    client.now = Instant(seconds: Int64(night.processed - 1))
    client.signIn()
    client.model.sync(now: client.now)
    let filter = GoogleHealthClient.on("2026-02-03", Self.end)
    let before = client.all("sleep", filter).last?["sleep"]
    #expect(
      before?.keys == ["interval", "type", "metadata", "createTime", "updateTime"])
    #expect(before?["type"] == "CLASSIC")
    #expect(before?["metadata"] == ["mainSleep": true])
    #expect(before?["updateTime"] == before?["createTime"])
    client.now = Instant(seconds: Int64(night.processed))
    let after = client.all("sleep", filter).last?["sleep"]
    #expect(after?["metadata"] == ["processed": true, "mainSleep": true])
    #expect(after?["createTime"] == before?["createTime"])
    #expect(after?["updateTime"]?.string == client.now.rfc3339)
    #expect(after?["interval"] == before?["interval"])
  }

  @Test("a changed night tells when it changed")
  func changed() {
    var client = GoogleHealthClient.signedIn()
    let filter = GoogleHealthClient.on("2025-02-03", Self.end)
    let before = client.all("sleep", filter).last
    client.now = client.now + .hours(1)
    let done = client.model.change(day("2025-02-03"), now: client.now)
    client.signIn()
    let after = client.all("sleep", filter).last
    #expect(done)
    #expect(after?["name"] == before?["name"])
    #expect(after?["sleep"]?["updateTime"] == "2026-10-30T13:00:00Z")
    #expect(after?["sleep"]?["createTime"] == before?["sleep"]?["createTime"])
    #expect(after?["sleep"]?["interval"]?["endTime"] != before?["sleep"]?["interval"]?["endTime"])
  }

  @Test("an exercise has its type, summary, splits and update time")
  func exercise() {
    let all = PointWriterTests.points("exercise")
    #expect(!all.isEmpty)
    for point in all {
      let exercise = point["exercise"]
      #expect(
        exercise?.keys == [
          "interval", "exerciseType", "activeDuration", "metricsSummary", "splits", "createTime",
          "updateTime",
        ])
      #expect(["RUNNING", "WALKING", "BIKING"].contains(exercise?["exerciseType"]?.string ?? ""))
      #expect(exercise?["activeDuration"]?.string?.hasSuffix("s") == true)
      let splits = exercise?["splits"]?.elements ?? []
      #expect(splits.first?["startTime"] == exercise?["interval"]?["startTime"])
      #expect(splits.last?["endTime"] == exercise?["interval"]?["endTime"])
      func distance(_ value: JSONValue?) -> Int {
        Int(value?["metricsSummary"]?["distanceMillimeters"]?.string ?? "") ?? 0
      }
      #expect(splits.map { distance($0) }.reduce(0, +) == distance(exercise))
      let steps = exercise?["metricsSummary"]?["steps"]
      #expect((steps == nil) == (exercise?["exerciseType"] == "BIKING"), "zero is left out")
    }
  }

  @Test("a late workout appears with the time of its change")
  func late() {
    var client = GoogleHealthClient.signedIn()
    let filter = GoogleHealthClient.on("2025-02-03", "exercise.interval.civil_start_time")
    let before = client.all("exercise", filter)
    let done = client.model.change(day("2025-02-03"), now: client.now)
    let after = client.all("exercise", filter)
    #expect(done)
    #expect(after.count == before.count + 1)
    let new = after.filter { !before.contains($0) }
    #expect(new.count == 1, "the others stay as they were")
    #expect(new.first?["exercise"]?["updateTime"] == "2026-10-30T12:00:00Z")
  }
}
