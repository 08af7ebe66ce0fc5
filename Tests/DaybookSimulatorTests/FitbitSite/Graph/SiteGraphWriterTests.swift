import Testing

@testable import DaybookSimulator

struct SiteGraphWriterTests {
  static func text(
    hasEllipsis: Bool = false, _ adjust: (inout FitbitSiteSettings) -> Void = { _ in },
    _ write: (inout SiteGraphWriter) -> [UInt8]
  ) -> String {
    var settings = FitbitSiteSettings(firstDay: day("2013-01-01"))
    adjust(&settings)
    var writer = SiteGraphWriter(settings, hasEllipsis: hasEllipsis)
    return String(decoding: write(&writer), as: UTF8.self)
  }

  static func descriptions(_ text: String) -> [String] {
    SiteBrowser.descriptions(SimResponse(200, body: Array(text.utf8)))
  }

  @Test("values stand at data/chart/graphs/graph/value, with decimals where they are needed")
  func values() {
    let text = Self.text {
      $0.padding = false
    } _: {
      $0.values([0, 1_200, 506, 550, 99])
    }
    #expect(
      text == """
        <settings><data><chart><label>Loading</label><graphs><graph gid="0">
        <value>0</value>
        <value>12</value>
        <value>5.06</value>
        <value>5.50</value>
        <value>0.99</value>
        </graph></graphs></chart></data></settings>
        """)
  }

  @Test("there is white space around the document, unless it is left out")
  func padding() {
    let text = Self.text { $0.values([]) }
    #expect(text.hasPrefix("\n\n  <settings>"))
    #expect(text.hasSuffix("</settings>\n \n"))
  }

  @Test("the undefined entity stands in a text and in no number")
  func ellipsis() {
    let text = Self.text(hasEllipsis: true) { $0.values([100]) }
    #expect(text.contains("<label>Loading&hellip;</label>"))
    #expect(text.contains("<value>1</value>"))
    #expect(text.split(separator: "&hellip;").count == 2)
  }

  @Test("no sleep is a graph without values")
  func noSleep() {
    let text = Self.text { $0.sleep(nil) }
    #expect(text.contains("<graph gid=\"0\">\n</graph>"))
    #expect(!text.contains("<value"))
  }

  @Test("each minute of sleep has its time, over midnight too")
  func sleep() {
    let text = Self.text { $0.sleep(SiteSleep(id: 1, start: -2, values: [2, 1, 1])) }
    #expect(
      text.contains(
        """
        <value description="from 11:58PM">2</value>
        <value description="from 11:59PM">1</value>
        <value description="from 12:00AM">1</value>
        """))
  }

  @Test(
    "clocks of twelve and of twenty-four hours",
    arguments: [
      (0, "from 12:00AM", "from 00:00"), (61, "from 01:01AM", "from 01:01"),
      (719, "from 11:59AM", "from 11:59"), (720, "from 12:00PM", "from 12:00"),
      (785, "from 01:05PM", "from 13:05"), (-1, "from 11:59PM", "from 23:59"),
      (-120, "from 10:00PM", "from 22:00"), (1_440, "from 12:00AM", "from 00:00"),
    ])
  func clocks(start: Int, twelve: String, twentyFour: String) {
    let sleep = SiteSleep(id: 1, start: start, values: [1])
    #expect(Self.descriptions(Self.text { $0.sleep(sleep) }) == [twelve])
    let other = Self.text {
      $0.clock24 = true
    } _: {
      $0.sleep(sleep)
    }
    #expect(Self.descriptions(other) == [twentyFour])
  }
}
