//! Every spec file: on the machine, and on the real bash where it is the version whose behaviour was recorded.

use bivalve_tests::spec;

/// Shows the failures and fails if there are any.
fn assert_none(failures: &[spec::Failure]) {
    let told: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}\n{} cases failed", told.join("\n"), failures.len());
}

#[test]
fn every_case_is_recorded() {
    let files = spec::load(&spec::folder()).unwrap();
    assert!(!files.is_empty());
    for file in &files {
        for case in &file.cases {
            let place = format!("{}:{}", file.path.display(), case.line);
            assert!(case.expected.is_some(), "{place}: '{}' has no expectation: record it", case.name);
        }
    }
}

#[test]
fn the_expectations_are_those_of_the_real_bash() {
    match spec::real_bash() {
        Ok(bash) => {
            let files = spec::load(&spec::folder()).unwrap();
            assert_none(&spec::check(&files, &bash, |case| case.expected.as_ref()));
        }
        Err(why) => println!("not compared with the real bash: {why}"),
    }
}

/// Also with processes picked by a seed instead of in turn: nothing may depend on the order.
#[test]
fn the_machine_does_the_same() {
    let files = spec::load(&spec::folder()).unwrap();
    for seed in [None, Some(1)] {
        let ours = spec::Ours::new().unwrap();
        let ours = match seed {
            Some(seed) => ours.shuffled(seed),
            None => ours,
        };
        assert_none(&spec::check(&files, &ours, spec::Case::expected_of_ours));
    }
}
