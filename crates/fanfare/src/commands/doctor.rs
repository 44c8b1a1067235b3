//! `fanfare doctor`: looks at everything an installation needs, and says what to mend.

mod data;
mod database;
mod limits;
mod mail;
mod media;
mod platforms;
mod public_url;

use anyhow::{Result, bail};
use fanfare_domain::{Clock as _, SystemClock};
use jiff::Timestamp;

use crate::config::{Config, Loaded};
use crate::data_dir::DataDir;

/// What one look found.
#[derive(Debug, PartialEq, Eq)]
enum Finding {
    Good(String),
    /// It works, but the operator should know.
    Remarkable(String),
    /// It does not work; says what to do.
    Wrong(String),
}

use Finding::{Good, Remarkable, Wrong};

/// Prints all findings, and fails when something is wrong.
pub(super) async fn examine(loaded: Result<Loaded>) -> Result<()> {
    let Loaded { config, warnings } = loaded?;
    let mut findings = vec![Good("The settings can be used.".to_owned())];
    findings.extend(warnings.into_iter().map(Remarkable));
    findings.push(clock(SystemClock.now()));
    match DataDir::open(&config.data) {
        Ok(data) => {
            findings.extend(data::examine(&data));
            findings.extend(database::examine(&config, &data).await);
        }
        Err(error) => findings.push(Wrong(format!("{error:#}."))),
    }
    findings.push(public_url::examine(&config).await);
    findings.push(limits::examine(&config).await);
    findings.push(media::examine(&config).await);
    findings.push(mail::examine(&config).await);
    findings.extend(platforms::examine(&config).await);
    report(&findings, &config)
}

fn report(findings: &[Finding], config: &Config) -> Result<()> {
    for finding in findings {
        match finding {
            Good(words) => println!("  ok       {words}"),
            Remarkable(words) => println!("  note     {words}"),
            Wrong(words) => println!("  problem  {words}"),
        }
    }
    let wrong = findings
        .iter()
        .filter(|finding| matches!(finding, Wrong(_)))
        .count();
    match wrong {
        0 => {
            println!(
                "\nNothing is wrong with the installation in {}.",
                config.data.display()
            );
            Ok(())
        }
        1 => bail!("One thing is wrong; it is told above."),
        several => bail!("{several} things are wrong; they are told above."),
    }
}

/// No Fanfare was built before this, so no machine that runs one can be earlier.
const BUILT_AFTER: i64 = 1_793_000_000;
const YEARS_AHEAD: i64 = 20 * 365 * 24 * 60 * 60;

fn clock(now: Timestamp) -> Finding {
    let is_sane = (BUILT_AFTER..BUILT_AFTER + YEARS_AHEAD).contains(&now.as_second());
    if is_sane {
        Good(format!("The clock says {now:.0}."))
    } else {
        Wrong(format!(
            "The clock says {now:.0}, which cannot be. Posts would go out at the wrong time: set the clock, or let NTP do it."
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_cannot_be_right_is_told() {
        let at = |second| clock(Timestamp::from_second(second).unwrap());
        assert!(matches!(at(0), Wrong(_)));
        assert!(matches!(at(BUILT_AFTER + 1), Good(_)));
        assert!(matches!(at(BUILT_AFTER + YEARS_AHEAD), Wrong(_)));
    }
}
