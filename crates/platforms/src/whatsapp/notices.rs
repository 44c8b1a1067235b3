//! What Meta decided about an account, its numbers and its message templates.

use fanfare_domain::webhook::NoticeKind;
use fanfare_platform_kit::roles::{InboundFact, NotUnderstood, NoticeFact, Notification};
use jiff::Timestamp;

use crate::meta_graph::webhooks::Value;

type Read = fn(&Told<'_>) -> Result<NoticeFact, NotUnderstood>;

/// One change of the account, being read.
struct Told<'a> {
    value: Value<'a>,
    /// The account itself, as the request names it.
    account: String,
    at: Timestamp,
}

pub fn read(told: &Notification) -> Result<Option<Vec<InboundFact>>, NotUnderstood> {
    let payload = Value(&told.payload);
    let read: Read = match payload.at("field").text().as_deref() {
        Some("message_template_status_update") => template_status,
        Some("message_template_quality_update") => template_quality,
        Some("template_category_update") => template_category,
        Some("message_template_components_update") => template_content,
        Some("phone_number_quality_update") => number_quality,
        Some("phone_number_name_update") => number_name,
        Some("account_update") => account,
        Some("account_review_update") => review,
        Some("account_alerts") => alert,
        Some("business_capability_update") => capability,
        _ => return Ok(None),
    };
    let told = Told {
        value: payload.at("value"),
        account: told.account.clone(),
        at: told.occurred_at.unwrap_or(Timestamp::UNIX_EPOCH),
    };
    Ok(Some(vec![InboundFact::Notice(read(&told)?)]))
}

fn template_status(told: &Told<'_>) -> Result<NoticeFact, NotUnderstood> {
    let value = told.value;
    let why = [
        value.at("rejection_info").at("reason"),
        value.at("other_info").at("description"),
        value.at("other_info").at("title"),
        value.at("reason"),
    ];
    Ok(NoticeFact {
        state: told.need("event")?,
        reason: first(why),
        until: value.at("disable_info").at("disable_date").instant(),
        ..told.template(NoticeKind::TemplateStatus)?
    })
}

fn template_quality(told: &Told<'_>) -> Result<NoticeFact, NotUnderstood> {
    Ok(NoticeFact {
        state: told.need("new_quality_score")?,
        before: told.value.at("previous_quality_score").text(),
        ..told.template(NoticeKind::TemplateQuality)?
    })
}

fn template_category(told: &Told<'_>) -> Result<NoticeFact, NotUnderstood> {
    Ok(NoticeFact {
        state: told.need("new_category")?,
        before: told.value.at("previous_category").text(),
        ..told.template(NoticeKind::TemplateCategory)?
    })
}

fn template_content(told: &Told<'_>) -> Result<NoticeFact, NotUnderstood> {
    Ok(NoticeFact {
        state: changed(),
        ..told.template(NoticeKind::TemplateContent)?
    })
}

/// What is said of how much it may send is the newer word; the old field is on its way out.
fn number_quality(told: &Told<'_>) -> Result<NoticeFact, NotUnderstood> {
    let value = told.value;
    let limit = [
        value.at("max_daily_conversations_per_business"),
        value.at("current_limit"),
    ];
    Ok(NoticeFact {
        state: told.need("event")?,
        before: value.at("old_limit").text(),
        reason: first(limit),
        ..told.number(NoticeKind::NumberQuality)?
    })
}

fn number_name(told: &Told<'_>) -> Result<NoticeFact, NotUnderstood> {
    let value = told.value;
    Ok(NoticeFact {
        state: told.need("decision")?,
        before: value.at("requested_verified_name").text(),
        reason: first([value.at("rejection_reason")]),
        ..told.number(NoticeKind::NumberName)?
    })
}

fn account(told: &Told<'_>) -> Result<NoticeFact, NotUnderstood> {
    let value = told.value;
    // What is told of partners names the portfolio; the account is inside.
    let inside = value.at("waba_info").at("waba_id").text();
    let restriction = value.at("restriction_info").items().next();
    let of_restriction =
        |name: &str| restriction.and_then(|restriction| restriction.at(name).text());
    let why = [
        of_restriction("restriction_type"),
        value.at("ban_info").at("waba_ban_state").text(),
        value.at("violation_info").at("violation_type").text(),
    ];
    Ok(NoticeFact {
        subject: inside.unwrap_or_else(|| told.account.clone()),
        state: told.need("event")?,
        reason: why.into_iter().flatten().next(),
        until: restriction.and_then(|restriction| restriction.at("expiration").instant()),
        ..told.of_account(NoticeKind::Account)
    })
}

/// Of this and what follows only the names are documented to us, so nothing in it is insisted on.
fn review(told: &Told<'_>) -> Result<NoticeFact, NotUnderstood> {
    Ok(NoticeFact {
        subject: format!("{}:review", told.account),
        state: first([told.value.at("decision")]).unwrap_or_else(changed),
        ..told.of_account(NoticeKind::Account)
    })
}

fn alert(told: &Told<'_>) -> Result<NoticeFact, NotUnderstood> {
    let value = told.value;
    let said = |name: &str| first([value.at(name), value.at("alert_info").at(name)]);
    let what = said("alert_type");
    Ok(NoticeFact {
        subject: format!("{}:{}", told.account, what.as_deref().unwrap_or_default()),
        name: what,
        state: said("alert_status")
            .or_else(|| said("alert_severity"))
            .unwrap_or_else(changed),
        reason: said("alert_description"),
        ..told.of_account(NoticeKind::Alert)
    })
}

fn capability(told: &Told<'_>) -> Result<NoticeFact, NotUnderstood> {
    let value = told.value;
    let limit = [
        value.at("max_daily_conversations_per_business"),
        value.at("max_daily_conversation_per_phone"),
    ];
    Ok(NoticeFact {
        state: first(limit).unwrap_or_else(changed),
        ..told.of_account(NoticeKind::Capability)
    })
}

fn changed() -> String {
    "CHANGED".to_owned()
}

impl Told<'_> {
    fn need(&self, name: &str) -> Result<String, NotUnderstood> {
        let found = self.value.at(name).text();
        found.ok_or_else(|| NotUnderstood::new(format!("It has no {name}.")))
    }

    fn of_account(&self, kind: NoticeKind) -> NoticeFact {
        NoticeFact {
            kind,
            subject: self.account.clone(),
            name: None,
            language: None,
            state: String::new(),
            before: None,
            reason: None,
            until: None,
            at: self.at,
        }
    }

    fn template(&self, kind: NoticeKind) -> Result<NoticeFact, NotUnderstood> {
        let language = self.value.at("message_template_language").text();
        Ok(NoticeFact {
            subject: self.need("message_template_id")?,
            name: self.value.at("message_template_name").text(),
            // Written with a hyphen here and with a line elsewhere.
            language: language.map(|language| language.replace('-', "_")),
            ..self.of_account(kind)
        })
    }

    fn number(&self, kind: NoticeKind) -> Result<NoticeFact, NotUnderstood> {
        let number = self.need("display_phone_number")?;
        Ok(NoticeFact {
            subject: number.clone(),
            name: Some(number),
            ..self.of_account(kind)
        })
    }
}

/// The first that says something; `NONE` is Meta's word for nothing.
fn first<const N: usize>(values: [Value<'_>; N]) -> Option<String> {
    let mut said = values.into_iter().filter_map(Value::text);
    said.find(|text| text != "NONE")
}
