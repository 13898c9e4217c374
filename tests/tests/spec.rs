//! Every spec file: on the real bash where it is the version whose behaviour was recorded.

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
