import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitViewTests {
  static func view(_ now: Instant = FitbitClient.noon) -> FitbitView {
    let client = FitbitClient()
    return FitbitView(wearer: client.model.wearers[0], sync: client.model.sync(0, now))
  }

  @Test("a range is answered from the first day of the account on")
  func days() {
    let view = Self.view()
    let first = view.wearer.memberSince
    #expect(view.days(first - 5...first + 1) == [first, first + 1])
    #expect(view.days(first - 5...first - 1).isEmpty)
    #expect(view.days(first...first) == [first])
  }

  @Test("a whole day is known after its end, today in part")
  func known() {
    let view = Self.view()
    #expect(view.knownMinutes(FitbitClient.today - 1) == 1_440)
    #expect((810...840).contains(view.knownMinutes(FitbitClient.today)))
    #expect(view.knownMinutes(FitbitClient.today + 1) == 0)
  }

  @Test("sums are those of the minutes")
  func sums() {
    let view = Self.view()
    let minutes = view.minutes(FitbitClient.today - 4)
    let all = 0..<1_440
    let steps = minutes.steps.reduce(0, +)
    #expect(view.sum(.steps, minutes, all) == steps * 1_000_000)
    #expect(view.sum(.floors, minutes, all) == minutes.floors.reduce(0, +) * 1_000_000)
    #expect(view.sum(.distance, minutes, all) == steps * view.wearer.stepInCentimetres * 10)
    #expect(view.sum(.caloriesBMR, minutes, all) == minutes.basal(1_440))
    #expect(view.sum(.swimmingStrokes, minutes, all) == 0)
    let levels: [FitbitResource] = [
      .minutesSedentary, .minutesLightlyActive, .minutesFairlyActive, .minutesVeryActive,
    ]
    for (level, resource) in levels.enumerated() {
      let count = minutes.minutes(of: level, upTo: 1_440)
      #expect(view.sum(resource, minutes, all) == count * 1_000_000)
    }
    #expect(view.sum(.activityCalories, minutes, all) < view.sum(.calories, minutes, all))
  }

  @Test("totals are whole numbers but for distance and elevation")
  func totals() {
    let view = Self.view()
    let day = FitbitClient.today - 4
    let minutes = view.minutes(day)
    for resource in FitbitResource.allCases {
      let text = view.total(resource, minutes, day)
      if resource != .distance && resource != .elevation {
        #expect(Int(text) != nil, "\(resource)")
      } else {
        #expect(Double(text) != nil, "\(resource)")
      }
    }
    #expect(view.total(.distance, minutes, day).contains("."))
  }
}
