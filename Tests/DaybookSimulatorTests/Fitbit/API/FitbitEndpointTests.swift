import Testing

@testable import DaybookSimulator

struct FitbitEndpointTests {
  static func read(_ path: String) -> FitbitEndpoint? {
    FitbitEndpoint(path.split(separator: "/"))
  }

  static let known: [(String, FitbitData, [Substring], Substring?, [Substring])] = [
    ("/1/user/-/profile.json", .profile, [], nil, []),
    ("/1/user/-/devices.json", .devices, [], nil, []),
    ("/1/user/-/activities/date/2024-06-01.json", .summary, ["2024-06-01"], nil, []),
    ("/1/user/-/activities/steps/date/a/b.json", .series(.steps), ["a", "b"], nil, []),
    (
      "/1/user/-/activities/minutesVeryActive/date/a/b.json", .series(.minutesVeryActive),
      ["a", "b"], nil, []
    ),
    ("/1/user/-/activities/heart/date/a/b.json", .heart, ["a", "b"], nil, []),
    (
      "/1/user/-/activities/steps/date/a/1d/1min.json", .intraday(.steps), ["a"], "1min", []
    ),
    (
      "/1/user/-/activities/swimming-strokes/date/a/b/5min.json", .intraday(.swimmingStrokes),
      ["a", "b"], "5min", []
    ),
    (
      "/1/user/-/activities/heart/date/today/1d/1sec.json", .heartIntraday, ["today"], "1sec", []
    ),
    (
      "/1/user/-/activities/calories/date/a/1d/1min/time/10:00/11:00.json", .intraday(.calories),
      ["a"], "1min", ["10:00", "11:00"]
    ),
    ("/1/user/-/hrv/date/a/all.json", .variability, ["a"], nil, []),
    ("/1/user/-/hrv/date/a/b/all.json", .variability, ["a", "b"], nil, []),
    ("/1/user/-/spo2/date/a/all.json", .saturation, ["a"], nil, []),
    ("/1/user/-/br/date/a/b/all.json", .breathing, ["a", "b"], nil, []),
    ("/1.2/user/-/sleep/date/a.json", .sleep, ["a"], nil, []),
    ("/1.2/user/-/sleep/date/a/b.json", .sleep, ["a", "b"], nil, []),
    ("/1/user/-/body/log/weight/date/a/b.json", .weight, ["a", "b"], nil, []),
  ]

  @Test("the documented paths are taken apart")
  func paths() {
    for (path, data, dates, detail, clock) in Self.known {
      let endpoint = Self.read(path)
      #expect(endpoint?.data == data, "\(path)")
      #expect(endpoint?.dates == dates, "\(path)")
      #expect(endpoint?.detail == detail, "\(path)")
      #expect(endpoint?.clock == clock, "\(path)")
      #expect(endpoint?.user == "-", "\(path)")
    }
  }

  @Test(
    "other paths are none",
    arguments: [
      "/1", "/1/user", "/1/user/-", "/1/user/-/profile", "/1/user/-/profile/x.json",
      "/2/user/-/profile.json", "/1/friends/-/profile.json", "/1.2/user/-/profile.json",
      "/1/user/-/sleep/date/a.json", "/1.2/user/-/sleep/date.json", "/1/user/-/hrv/date/a.json",
      "/1/user/-/hrv/day/a/all.json", "/1/user/-/hrv/date/a/b/c/all.json",
      "/1/user/-/activities/naps/date/a/b.json", "/1/user/-/activities/date/a/b.json",
      "/1/user/-/activities/minutesSedentary/date/a/1d/1min.json",
      "/1/user/-/activities/steps/date/a/1d/1min/time/10:00.json",
      "/1/user/-/activities/steps/date/a/1d/1min/clock/10:00/11:00.json",
      "/1/user/-/activities/steps/date/a.json", "/1/user/-/body/log/fat/date/a/b.json",
      "/1/user/-/body/log/weight/date.json",
    ])
  func unknown(path: String) {
    #expect(Self.read(path) == nil)
  }

  @Test(
    "each kind of data needs the scope of the facts",
    arguments: [
      (.profile, "profile"), (.devices, "settings"), (.summary, "activity"),
      (.series(.steps), "activity"), (.intraday(.steps), "activity"), (.heart, "heartrate"),
      (.heartIntraday, "heartrate"), (.variability, "heartrate"),
      (.saturation, "oxygen_saturation"), (.breathing, "respiratory_rate"), (.sleep, "sleep"),
      (.weight, "weight"),
    ] as [(FitbitData, String)])
  func scopes(data: FitbitData, scope: String) {
    #expect(data.scope == scope)
    #expect(FitbitSettings.scopes.contains(scope))
  }

  @Test(
    "the largest ranges are those of the facts",
    arguments: [
      (.series(.steps), 1_095), (.series(.activityCalories), 30), (.heart, 1_095),
      (.variability, 30), (.saturation, 30), (.breathing, 30), (.sleep, 100), (.weight, 31),
      (.intraday(.steps), 1), (.heartIntraday, 1), (.summary, 1),
    ] as [(FitbitData, Int)])
  func ranges(data: FitbitData, days: Int) {
    #expect(data.longest == days)
  }

  @Test("six resources have values for each minute")
  func intraday() {
    let names = FitbitResource.allCases.filter(\.isIntraday).map(\.rawValue)
    #expect(names == ["steps", "calories", "distance", "floors", "elevation", "swimming-strokes"])
  }

  @Test(
    "statistics name the kinds of data",
    arguments: [
      (.series(.steps), "steps", .series), (.intraday(.steps), "steps-intraday", .intraday),
      (.heart, "heart", .heart), (.heartIntraday, "heart-intraday", .heartIntraday),
      (.variability, "hrv", .hrv), (.saturation, "spo2", .spo2), (.breathing, "br", .br),
      (.sleep, "sleep", .sleep), (.weight, "weight", .weight), (.summary, "summary", .summary),
      (.profile, "profile", .profile), (.devices, "devices", .devices),
    ] as [(FitbitData, String, FitbitStats.Call)])
  func names(data: FitbitData, name: String, call: FitbitStats.Call) {
    #expect(data.name == name)
    #expect(data.call == call)
  }
}
