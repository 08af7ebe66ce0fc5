import DaybookCore
import Testing

@Suite("Limits: they fit each other")
struct LimitsTests {
  @Test("small bodies are smaller than bodies, captures smaller than both") func bodies() {
    #expect(Int64(Limits.smallBodyBytes) < Limits.bodyBytes)
    #expect(Limits.capturedBytes * Limits.capturedValues <= 8 * Limits.smallBodyBytes)
    #expect(Limits.tokenBytes < Limits.smallBodyBytes)
    #expect(Limits.headerBytes < Limits.smallBodyBytes)
  }

  @Test("the scanner's pointers are the bits of a word") func pointers() {
    #expect(Limits.scanPointers == UInt64.bitWidth)
    // A provider file may fill one scan, with room for what every judgement adds.
    #expect(Limits.providerPointers <= Limits.scanPointers)
  }

  @Test("a message may nest as deep as a document, and fits the queue of a client") func control() {
    #expect(Limits.controlMessageBytes > 2 * Limits.jsonDepth)
    #expect(Limits.controlMessageBytes < Limits.controlQueueBytes)
  }

  @Test("a call has time to connect, and stalls before its time is up") func times() {
    #expect(Limits.connectTimeout < Limits.stallTimeout)
    #expect(Limits.stallTimeout < Limits.callTimeout)
    #expect(Limits.probeInterval < Limits.longestSleep)
  }

  @Test("a turn of one lane does not fill its calls in flight") func turns() {
    #expect(Limits.callsInTurn <= Limits.callsInFlightPerLane)
    #expect(Limits.callsInFlightPerLane <= Limits.transfers)
  }

  @Test("a resync may span the days of a long life") func days() throws {
    let born = try #require(Day("1930-01-01"))
    #expect(born + Limits.resyncDays > (try #require(Day("2029-12-30"))))
  }
}
