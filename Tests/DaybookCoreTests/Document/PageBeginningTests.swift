import Testing

@testable import DaybookCore

@Suite("PageBeginning: a page of HTML is known by its beginning")
struct PageBeginningTests {
  private func isPage(_ bytes: [UInt8], chunk: Int = 1_000) -> Bool {
    var beginning = PageBeginning()
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      bytes[start..<min(start + chunk, bytes.count)].withUnsafeBytes { beginning.take($0) }
    }
    return beginning.isPage
  }

  @Test(
    "pages begin in many ways",
    arguments: [
      "<html>", "<html", "<HTML lang=\"en\">", "<html/>", "<html\n>", "<!doctype html>",
      "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">", "<!DocType\u{20}HTML>", " \r\n\t<html>",
      "\u{FEFF}<html>", "\u{FEFF}\n<!doctype html>", "<!-- x --><html>",
      "<!-- x -->\n<!-- --> <html>",
      "<?xml version=\"1.0\"?>\n<!DOCTYPE html>", "<?xml version=\"1.0\"?><html xmlns=\"x\">",
    ])
  func pages(text: String) {
    #expect(isPage(Array(text.utf8)))
    #expect(isPage(Array(text.utf8), chunk: 1))
  }

  @Test(
    "data does not",
    arguments: [
      "", " ", "{}", "[\"<html>\"]", "<a/>", "<htmls/>", "<html5/>", "<html-a/>", "<xhtml/>",
      "<htm",
      "<!doctype htm", "<!doctype htmlx>", "<!DOCTYPE a>", "<settings><html/></settings>",
      "moved <html>",
      "<!-- <html> --><a/>", "<!-- <html>", "<?xml version=\"1.0\"?><a/>", "<", "<!", "<!--",
      "< html>",
      "\u{FEFF}", "<x:html/>", "<!-doctype html>", "<\u{8}tml>", "<!doctype\u{0} html>",
    ])
  func data(text: String) {
    #expect(!isPage(Array(text.utf8)))
    #expect(!isPage(Array(text.utf8), chunk: 1))
  }

  @Test("only the first thousand bytes are looked at")
  func far() {
    #expect(isPage([UInt8](repeating: 0x20, count: 1_000) + Array("<html>".utf8)))
    #expect(!isPage([UInt8](repeating: 0x20, count: 1_024) + Array("<html>".utf8)))
    #expect(isPage(Array("<html>".utf8) + [UInt8](repeating: 0, count: 100_000), chunk: 16))
  }
}
