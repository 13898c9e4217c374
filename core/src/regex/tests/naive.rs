//! Random patterns against a matcher that tries everything.

use super::*;

/// The places where a match of `node` that starts at `at` can end, by trying everything.
fn naive_ends(node: &Node, program: &Program, hay: &[u8], at: usize) -> Vec<usize> {
    use parse::Kind;
    let ends_of = |node: &Node, at: usize| naive_ends(node, program, hay, at);
    let mut ends: Vec<usize> = match &node.kind {
        Kind::Empty => vec![at],
        Kind::Byte(byte) if hay.get(at) == Some(byte) => vec![at + 1],
        Kind::Set(set) => {
            program.sets[*set as usize].match_len(&hay[at..]).map(|len| at + len).into_iter().collect()
        }
        Kind::Look(look) if program.holds(*look, hay, at) => vec![at],
        Kind::Group(_, node) => ends_of(node, at),
        Kind::Alternation(nodes) => nodes.iter().flat_map(|node| ends_of(node, at)).collect(),
        Kind::Concatenation(nodes) => nodes.iter().fold(vec![at], |ends, node| {
            let mut next: Vec<usize> = ends.into_iter().flat_map(|at| ends_of(node, at)).collect();
            next.sort_unstable();
            next.dedup();
            next
        }),
        Kind::Repeat(node, min, max) => {
            let (mut all, mut ends) = (Vec::new(), vec![at]);
            for turn in 0..=max.unwrap_or(*min + hay.len() as u32) {
                if turn >= *min {
                    all.extend(&ends);
                }
                ends = ends.into_iter().flat_map(|at| ends_of(node, at)).collect();
                ends.sort_unstable();
                ends.dedup();
            }
            all
        }
        _ => vec![],
    };
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// Random choices that a seed repeats.
struct Random(u64);

impl Random {
    fn pick(&mut self, choices: &str) -> char {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        choices.chars().nth((self.0 >> 33) as usize % choices.chars().count()).unwrap()
    }

    fn pattern(&mut self, depth: u32) -> String {
        let mut pattern = String::new();
        for _ in 0..self.pick("1122334") as u8 - b'0' {
            match self.pick("aaaabbb.é[^$\\((((||") {
                '[' => pattern += ["[ab]", "[^a]", "[é-ü]"][self.pick("012") as usize - 48],
                '\\' => pattern += ["\\b", "\\<", "\\w", "\\W"][self.pick("0123") as usize - 48],
                '(' if depth > 0 => pattern += &format!("({})", self.pattern(depth - 1)),
                '(' => pattern.push('a'),
                c => pattern.push(c),
            }
            if !pattern.ends_with(['^', '$', '|', 'b', '<']) || pattern.ends_with(")b") {
                pattern += ["", "", "*", "+", "?", "{2}", "{1,2}"][self.pick("0123456") as usize - 48];
            }
        }
        pattern
    }
}

#[test]
fn agrees_with_the_naive_matcher() {
    let mut random = Random(7);
    let (mut matched, mut grouped) = (0, 0);
    for _ in 0..10_000 {
        let pattern = random.pattern(3);
        // The text may be broken UTF-8: both have to read it in the same way.
        let mut hay: Vec<u8> = Vec::new();
        for _ in 0..random.pick("0123456") as u8 - b'0' {
            match random.pick("aaabbéé\n\0") {
                '\0' => hay.extend(["é".as_bytes()[usize::from(random.pick("01") == '1')]]),
                c => hay.extend(c.to_string().as_bytes()),
            }
        }
        let newline = [Newline::Ordinary, Newline::Anchor][usize::from(random.pick("ab") == 'a')];
        let Ok(regex) = Regex::new(pattern.as_bytes(), Syntax { newline, ..Syntax::extended() }) else {
            continue;
        };
        let found = (0..=hay.len())
            .filter(|&at| utf8::is_boundary(&hay, at))
            .find_map(|at| Some((at, *naive_ends(&regex.root, &regex.program, &hay, at).last()?)));
        let case = format!("{pattern:?} {:?}", bstr::BStr::new(&hay));
        assert_eq!(regex.find_at(&hay, 0), Ok(found), "{case}");
        let mut captures = Captures::new();
        assert_eq!(regex.captures_at(&hay, 0, &mut captures), Ok(found.is_some()), "{case}");
        assert_eq!(captures.get(0), found, "{case}");
        // A group's stretch lies in the match and is one that the group can match.
        for group in 1..captures.len() {
            let Some((from, to)) = captures.get(group) else { continue };
            let node = group_node(&regex.root, group as u32).expect("the group is in the tree");
            assert!(found.is_some_and(|(start, end)| start <= from && to <= end), "{case}");
            assert!(naive_ends(node, &regex.program, &hay, from).contains(&to), "{case}");
            grouped += 1;
        }
        matched += usize::from(found.is_some());
    }
    assert!(matched > 5_000 && grouped > 1_000, "{matched} {grouped}");
}

fn group_node(node: &Node, wanted: u32) -> Option<&Node> {
    use parse::Kind;
    match &node.kind {
        Kind::Group(group, inner) if *group == wanted => Some(inner),
        Kind::Group(_, inner) | Kind::Repeat(inner, ..) => group_node(inner, wanted),
        Kind::Concatenation(nodes) | Kind::Alternation(nodes) => {
            nodes.iter().find_map(|node| group_node(node, wanted))
        }
        _ => None,
    }
}
