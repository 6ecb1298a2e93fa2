// SPDX-License-Identifier: MIT

/// Plausible words about things that never happened, to people who do not exist.
enum Phrases {
    static let wards = [
        "Harbour", "Cliff Top", "Market", "Old Town", "Northdown", "Station Road", "Parkside",
        "Westgate", "Seafront", "Millfield", "Priory", "Quayside", "Eastbrook", "Castle",
        "Fairview",
    ]
    static let streets = [
        "Acorn Walk", "Barley Mews", "Cobweb Lane", "Dragon Street", "Engine Yard", "Falcon Way",
        "Garlic Row", "Heron Court", "Indigo Close", "Jigsaw Place", "Kiosk Parade",
        "Lemon Grove",
        "Mosaic Terrace", "Nectar Road", "Orbit Gardens", "Puffin Drive", "Quilt Street",
        "Ranger Avenue", "Saddle Hill", "Tulip Crescent", "Umpire Road", "Velvet Passage",
    ]
    static let types = [
        "neighbour-nuisance", "harassment", "noise", "problem-group", "nuisance-vehicle",
        "abandoned-vehicle", "fly-tipping", "graffiti", "littering", "street-drinking",
        "vulnerable-adult", "youth-at-risk",
    ]
    static let troubles = [
        "Noise at night", "Shouting in the stairwell", "Rubbish left behind", "Cars racing",
        "Graffiti on shutters", "Eggs thrown at windows", "Dogs barking", "Group by the shops",
        "Abandoned van", "Bins set alight", "Threats over a fence", "Drinking in the park",
    ]
    static let activities = [
        "patrol", "visit", "reassurance", "follow-up", "roadshow", "school-session",
        "engagement-meeting", "speed-watch", "visual-audit", "property-marking", "leaflet-drop",
    ]
    static let agencies = [
        "KCC", "KFRS", "TDC", "KP", "NHS", "SHH", "YOS", "CAB", "PROBATION", "PORCHLIGHT",
    ]
    static let metrics = ["bikes", "phones", "tools", "leaflets", "homes", "people"]
    private static let openings = [
        "Spoke to", "Called on", "Met", "Rang", "Left a card for", "Walked past with",
        "Heard from", "Checked with", "Took a statement from", "Gave advice to",
    ]
    private static let people = [
        "the caller", "a neighbour", "the shop owner", "the caretaker", "two residents",
        "the head teacher", "the housing officer", "a young person", "the landlord", "the family",
    ]
    private static let matters = [
        "nothing new since the last visit", "the noise has stopped for now",
        "agreed to keep a diary", "will be home on Thursday evening", "asked for a letter",
        "saw the same group again", "the light in the passage is broken", "photos were taken",
        "is worried about the winter", "would like to be called back", "the gate was mended",
        "a trampoline was the cause", "said that it is better since the meeting",
        "no answer at the door", "the bins were moved", "wants to stay unnamed",
        "was told how to report it", "the camera shows nothing", "will come to the panel",
    ]

    /// A note of 20 to 200 bytes, short ones more often.
    static func note(_ chance: inout Chance) -> String {
        let room = min(chance.number(in: 20...200), chance.number(in: 20...200))
        var text = "\(chance.pick(openings)) \(chance.pick(people))"
        var joint = ": "
        while text.utf8.count < room {
            let matter = chance.pick(matters)
            guard text.utf8.count + joint.utf8.count + matter.utf8.count < 200 else { break }
            text += joint + matter
            joint = ", "
        }
        return text + "."
    }

    static func trouble(_ chance: inout Chance) -> String {
        "\(chance.pick(troubles)), \(chance.number(in: 1...180)) \(chance.pick(streets))"
    }
}
