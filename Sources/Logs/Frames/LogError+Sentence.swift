// SPDX-License-Identifier: MIT

extension LogError {
    /// What is wrong with the bytes, as the end of a sentence.
    package var sentence: String {
        switch self {
        case .notALog: "it does not begin as a log does"
        case .birthMissing, .birthMalformed: "its birth cannot be read"
        case .birthAgain: "it holds a second birth"
        case .otherPartnership: "it belongs to another partnership"
        case .frameIncomplete: "it breaks off within a frame, or its length was changed"
        case .batchTooLong, .batchMalformed: "a batch cannot be read"
        case .entry(.bodyMismatch), .entry(.bodyUnasked), .entry(.bodyTooLong):
            "a body is not the one that its header was made for"
        case .entry(.bodyNotHere):
            "the body of an entry about devices, keys or software is missing or damaged"
        case .entry: "an entry breaks the rules of the format"
        case .chainMismatch: "its chain does not hold: something in it was changed"
        case .sealMalformed, .sealOutOfPlace: "a seal cannot be read or stands in the wrong place"
        case .sealForged: "a seal was not made with its device's key"
        }
    }
}
