import Testing

@testable import DaybookSimulator

struct LocationTablesTests {
  static func text(_ format: String, _ more: String = "") -> String {
    LocationAnswerTests.answer("&format=\(format)\(more)").bodyText
  }

  @Test("the table's head are the members of the first point")
  func csv() {
    #expect(
      Self.text("csv", "&fields=_type,tid,tst,lat,lon,acc,ghash,isotst") == """
        _type,tid,tst,lat,lon,acc,ghash,isotst
        location,ja,1420243199,60.169600,24.930000,12.000000,ud9wr39,2015-01-02T23:59:59Z

        """)
  }

  @Test("no points, no table")
  func emptyCSV() {
    var recorder = Recorder.known()
    let answer = recorder.get(
      "locations?user=jane&device=phone&from=2015-01-10&to=2015-01-11&format=csv")
    #expect(answer.body.isEmpty)
  }

  @Test("a point without a member leaves its cell empty")
  func holes() {
    var recorder = Recorder.known()
    _ = recorder.post(#"{"_type":"location","tst":1420240000,"lat":-1.5,"lon":2,"batt":55.5}"#)
    let answer = recorder.get(LocationAnswerTests.range + "&format=csv&fields=tid,lat,batt,tst")
    #expect(answer.bodyText == "tid,lat,tst\nja,60.169600,1420243199\n,-1.500000,1420240000\n")
  }

  @Test("points as XML, as the program printed them")
  func xml() {
    #expect(
      Self.text("xml", "&fields=_type,tid,tst,lat,acc") == """
        <?xml version='1.0' encoding='UTF-8'?>
        \t<?xml-stylesheet type='text/xsl' href='owntracks.xsl'?>
        <owntracks>
         <point>
          <tid>ja</tid>
          <tst>1420243199</tst>
          <lat>60.169600</lat>
          <acc>12.000000</acc>
         </point>
        </owntracks>

        """)
  }

  @Test("text in XML is escaped")
  func escapes() {
    var recorder = Recorder.known()
    _ = recorder.post(#"{"_type":"location","tst":1420240000,"lat":1,"lon":2,"poi":"<a&'\">"}"#)
    let answer = recorder.get(LocationAnswerTests.range + "&format=xml&fields=poi")
    #expect(answer.bodyText.contains("<poi>&lt;a&amp;&apos;&quot;&gt;</poi>"))
  }

  @Test("points as GPX, as the program printed them")
  func gpx() {
    let text = Self.text("gpx")
    #expect(text.hasPrefix("<?xml version='1.0' encoding='UTF-8' standalone='no' ?>\n<gpx "))
    #expect(
      text.hasSuffix(
        """
         <trk>
          <trkseg>
            <trkpt lat='60.169600' lon='24.930000'>
        \t<time>2015-01-02T23:59:59Z</time>
        \t</trkpt>
          </trkseg>
        </trk>
        </gpx>

        """))
  }

  @Test("heights are printed where they are known")
  func heights() {
    var recorder = Recorder.known()
    _ = recorder.post(#"{"_type":"location","tst":1420240000,"lat":-1,"lon":2,"alt":20}"#)
    let text = recorder.get(LocationAnswerTests.range + "&format=gpx").bodyText
    #expect(text.contains("<trkpt lat='-1.000000' lon='2.000000'>"))
    #expect(text.contains("\t<ele>20.00</ele>\n"))
  }
}
