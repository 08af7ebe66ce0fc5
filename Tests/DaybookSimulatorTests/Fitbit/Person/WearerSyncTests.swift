import DaybookCore
import Testing

@testable import DaybookSimulator

struct WearerSyncTests {
  static let berlin = SimZone(id: "Europe/Berlin", standard: 3_600, summer: .europe)
  static let uploads = Uploads(seed: 1, period: 900, spread: 600)

  static func sync(
    _ time: String, held: Instant? = nil, floor: Int = .min, zone: SimZone = berlin
  ) -> WearerSync {
    WearerSync(uploads, zone: zone, now: moment(time), held: held, floor: floor)
  }

  @Test("the last hand-over is at most half an hour old")
  func last() {
    for minute in 0..<600 {
      let now = FitbitClient.noon + .minutes(Int64(minute))
      let sync = WearerSync(Self.uploads, zone: Self.berlin, now: now, held: nil, floor: .min)
      #expect(sync.last <= sync.now && sync.now - sync.last < 1_800)
      #expect(sync.local == sync.last + 7_200)
    }
  }

  @Test("held back, it stays at that moment, but never runs ahead")
  func held() {
    let early = moment("2024-06-18T05:00:00")
    #expect(Self.sync("2024-06-18T12:00:00", held: early).last == Int(early.seconds))
    let late = moment("2024-06-19T05:00:00")
    #expect(
      Self.sync("2024-06-18T12:00:00", held: late).last == Self.sync("2024-06-18T12:00:00").last)
  }

  @Test("the days before today are known whole, today in part, tomorrow not at all")
  func seconds() {
    let sync = Self.sync("2024-06-18T12:00:00")
    #expect(sync.today == day("2024-06-18"))
    #expect(sync.seconds(of: day("2024-06-17")) == 86_400)
    #expect((48_600...50_400).contains(sync.seconds(of: day("2024-06-18"))))
    #expect(sync.seconds(of: day("2024-06-19")) == 0)
  }

  @Test("today is the date of the wall clock")
  func today() {
    #expect(Self.sync("2024-06-18T22:30:00").today == day("2024-06-19"))
    let tokyo = SimZone(id: "Asia/Tokyo", standard: 32_400)
    #expect(Self.sync("2024-06-18T15:00:00", zone: tokyo).today == day("2024-06-19"))
  }

  @Test("what is known never gets less, neither when the clock is set back")
  func setBack() {
    var before = Int.min
    for minute in stride(from: 0, to: 300, by: 5) {
      let now = moment("2024-10-26T22:00:00") + .minutes(Int64(minute))
      let sync = WearerSync(Self.uploads, zone: Self.berlin, now: now, held: nil, floor: .min)
      #expect(sync.local >= before)
      before = sync.local
    }
  }

  @Test("nor when the person travels west")
  func travel() {
    let floor = (day("2024-06-18").number * 24 + 21) * 3_600
    let sync = Self.sync("2024-06-18T12:00:00", floor: floor)
    #expect(sync.seconds(of: day("2024-06-18")) == 75_600)
  }

  @Test("a sleep is known once the tracker has handed over after its end")
  func age() throws {
    let sleep = try #require(
      (0..<9).compactMap { Wearer.steady().mainSleep(day("2024-06-18") - $0, revision: 0) }.first)
    let end = Self.berlin.start(of: sleep.day) + sleep.end
    let handed = Self.uploads.first(from: end)
    func age(_ t: Int) -> Int? {
      WearerSync(
        Self.uploads, zone: Self.berlin, now: Instant(seconds: Int64(t)), held: nil, floor: .min
      ).age(of: sleep)
    }
    #expect(age(end - 1) == nil && age(handed - 1) == nil)
    #expect(age(handed) == 0 && age(handed + 77) == 77)
  }
}
