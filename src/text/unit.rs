//! Units as tables print them, and where each may stand: `12 件`, `条49272`, `元` in a cell of its own.

/// A unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// As it is printed.
    pub name: &'static str,
    /// An amount of money.
    pub money: bool,
    /// It may stand before its figure without a blank.
    pub leads: bool,
    /// It may follow its figure over a blank.
    pub trails: bool,
    /// It may stand in a cell of its own beside its figure.
    pub alone: bool,
}

const fn unit(name: &'static str) -> Unit {
    Unit {
        name,
        money: false,
        leads: false,
        trails: false,
        alone: false,
    }
}

impl Unit {
    const fn money(self) -> Self {
        Self {
            money: true,
            ..self
        }
    }

    const fn leads(self) -> Self {
        Self {
            leads: true,
            ..self
        }
    }

    const fn trails(self) -> Self {
        Self {
            trails: true,
            ..self
        }
    }

    const fn alone(self) -> Self {
        Self {
            alone: true,
            ..self
        }
    }
}

/// All units that may follow a figure; one that begins another stands behind it.
pub static UNITS: [Unit; 27] = [
    unit("万元").money().leads().trails().alone(),
    unit("亿元").money().trails(),
    unit("千元"),
    unit("元").money().trails().alone(),
    unit("人次").leads().trails().alone(),
    unit("件次"),
    unit("家次"),
    unit("万件"),
    unit("万条"),
    unit("万次"),
    unit("件").leads().trails().alone(),
    unit("项").leads().trails(),
    unit("个").leads().trails().alone(),
    unit("条").leads().trails().alone(),
    unit("次").leads().trails().alone(),
    unit("篇").leads().alone(),
    unit("人").leads().trails().alone(),
    unit("宗"),
    unit("期").alone(),
    unit("场").alone(),
    unit("份"),
    unit("起"),
    unit("例"),
    unit("家"),
    unit("户"),
    unit("类"),
    unit("部"),
];

impl Unit {
    /// The unit that a text opens with, of those of a kind.
    pub fn opens(text: &str, kind: impl Fn(&Self) -> bool) -> Option<&'static Self> {
        UNITS.iter().find(|u| kind(u) && text.starts_with(u.name))
    }

    /// The unit that a text is, of those of a kind.
    pub fn is(text: &str, kind: impl Fn(&Self) -> bool) -> bool {
        UNITS.iter().any(|u| kind(u) && text == u.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_unit_is_seen() {
        for (at, unit) in UNITS.iter().enumerate() {
            let hidden = UNITS
                .iter()
                .take(at)
                .find(|u| unit.name.starts_with(u.name));
            assert_eq!(hidden, None, "{}", unit.name);
        }
        assert_eq!(
            Unit::opens("人次49", |u| u.leads).map(|u| u.name),
            Some("人次")
        );
        assert_eq!(Unit::opens("千元", |u| u.money), None);
        assert!(Unit::is("期", |u| u.alone) && !Unit::is("期", |u| u.trails));
    }
}
