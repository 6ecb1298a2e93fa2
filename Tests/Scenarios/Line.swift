// SPDX-License-Identifier: MIT

/// A place in a scenario: `a3`, the third entry of log a.
package struct Spot: Hashable, Sendable, CustomStringConvertible {
    package let log: Character
    package let seq: UInt64

    package init(_ log: Character, _ seq: UInt64) {
        self.log = log
        self.seq = seq
    }

    package init(_ text: some StringProtocol) {
        guard let log = text.first, let seq = UInt64(text.dropFirst()) else {
            preconditionFailure("'\(text)' is no place such as a3")
        }
        self.init(log, seq)
    }

    package var description: String { "\(log)\(seq)" }
}

/// What a base says of one log.
package struct Named: Hashable, Sendable {
    package let spot: Spot
    package let except: [ClosedRange<UInt64>]

    package init(_ spot: Spot, except: [ClosedRange<UInt64>] = []) {
        self.spot = spot
        self.except = except
    }

    init(_ text: Substring) {
        let parts = text.split(separator: "-")
        let runs = parts.dropFirst().map { part in
            let ends = part.split(separator: ".").compactMap { UInt64($0) }
            precondition(ends.count == 1 || ends.count == 2, "'\(part)' is no run such as 2..3")
            return ends[0]...(ends.last ?? ends[0])
        }
        self.init(Spot(parts[0]), except: runs)
    }
}

/// One entry of a scenario as tests write it.
///
///     line    = place ["@" minute] ["[" named *("," named) "]"] SP subject [": " *change]
///     named   = place *("-" seq [".." seq])
///     subject = a kind's name (it creates a record) | place (of the record) | "-" (about none)
///             | "v" number (states a vocabulary)
///
///     b2[a3] a1: level=high         b2 had seen a3 and all before it, and writes to the record a1
///     a1@7 thing: title=Quay        written at minute 7; otherwise each line is a minute later
///     b3[a4,c1] -                   a receipt
///     b4[a9-5-7..8] -               all of a up to a9 but a5, a7 and a8
///     b4 v2                         from here on its program knows vocabulary 2
struct Line {
    enum Subject {
        case creates(String)
        case about(Spot)
        case none
        case vocabulary(UInt64)
    }

    let spot: Spot
    let minute: UInt64?
    let base: [Named]
    let subject: Subject
    /// Each such as `level=high`; `ChangeWord` reads them.
    let changes: [Substring]

    init(_ text: String) {
        let halves = text.split(separator: ": ", maxSplits: 1)
        let words = halves[0].split(separator: " ")
        precondition(words.count == 2, "'\(text)' does not say one entry and one subject")
        let head = words[0].split { "[]".contains($0) }
        let place = head[0].split(separator: "@")
        spot = Spot(place[0])
        minute = place.count > 1 ? UInt64(place[1]) : nil
        base = head.count > 1 ? head[1].split(separator: ",").map { Named($0) } : []
        if words[1] == "-" {
            subject = .none
        } else if words[1].first == "v", let number = UInt64(words[1].dropFirst()) {
            subject = .vocabulary(number)
        } else if words[1].last?.isNumber == true {
            subject = .about(Spot(words[1]))
        } else {
            subject = .creates(String(words[1]))
        }
        changes = halves.count > 1 ? halves[1].split(separator: " ") : []
    }
}
