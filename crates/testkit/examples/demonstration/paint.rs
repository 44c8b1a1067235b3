//! Pictures of a bakery, painted from a few soft shapes: nobody's photographs are needed to show the product.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

type Colour = [u8; 3];

/// Something round, at a place given in thousandths of the picture's width and height.
#[derive(Clone)]
struct Round {
    at: (f32, f32),
    radius: (f32, f32),
    colour: Colour,
}

/// A picture as it is described: a ground that changes from top to bottom, a table's edge, and things on it.
pub struct Scene {
    pub name: &'static str,
    pub alt: &'static str,
    size: (u32, u32),
    ground: (Colour, Colour),
    /// Where the table begins, in thousandths from the top, and its colour.
    table: Option<(f32, Colour)>,
    things: Vec<Round>,
}

const CRUST: Colour = [158, 92, 41];
const GOLD: Colour = [216, 154, 84];
const CRUMB: Colour = [233, 196, 140];
const FLOUR: Colour = [246, 232, 208];
const SEA: Colour = [176, 203, 214];
const SKY: Colour = [222, 231, 234];
const WOOD: Colour = [143, 95, 58];
const OVEN: Colour = [92, 48, 30];
const LEAF: Colour = [92, 122, 78];
const CREAM: Colour = [250, 244, 232];

const SQUARE: (u32, u32) = (1080, 1080);
const PORTRAIT: (u32, u32) = (1080, 1350);
const WIDE: (u32, u32) = (1600, 1000);

/// All pictures of the demonstration.
pub fn scenes() -> Vec<Scene> {
    vec![
        Scene {
            name: "panettone.jpg",
            alt: "Two panettoni, one cut open, on a linen cloth",
            size: SQUARE,
            ground: (FLOUR, CRUMB),
            table: None,
            things: [loaf(640., 380., 270.), loaf(410., 640., 300.)].concat(),
        },
        Scene {
            name: "seeded-rye.jpg",
            alt: "A round seeded rye loaf, fresh out of the oven",
            size: SQUARE,
            ground: (OVEN, CRUST),
            table: Some((720., WOOD)),
            things: [loaf(500., 540., 330.), seeds(500., 500., 240.)].concat(),
        },
        Scene {
            name: "harbour-morning.jpg",
            alt: "The harbour at sunrise, seen from the bakery's door",
            size: WIDE,
            ground: (SKY, SEA),
            table: Some((640., [92, 84, 84])),
            things: vec![
                round(700., 300., 70., 112., [244, 203, 140]),
                round(250., 640., 180., 60., WOOD),
                round(620., 655., 120., 45., OVEN),
            ],
        },
        Scene {
            name: "focaccia.jpg",
            alt: "Focaccia with rosemary from the yard",
            size: PORTRAIT,
            ground: (CREAM, FLOUR),
            table: Some((820., CRUMB)),
            things: [
                vec![
                    round(500., 520., 400., 300., GOLD),
                    round(500., 505., 370., 270., CRUMB),
                ],
                sprigs(),
            ]
            .concat(),
        },
        Scene {
            name: "rolls.jpg",
            alt: "A tray of nine breakfast rolls",
            size: SQUARE,
            ground: ([208, 214, 220], [176, 182, 190]),
            table: None,
            things: tray(),
        },
        Scene {
            name: "coffee.jpg",
            alt: "A cup of coffee beside a cinnamon bun",
            size: PORTRAIT,
            ground: ([228, 220, 212], [206, 190, 176]),
            table: None,
            things: [
                vec![
                    round(360., 400., 230., 184., CREAM),
                    round(360., 400., 190., 152., OVEN),
                    round(360., 400., 90., 72., [188, 140, 96]),
                ],
                loaf(650., 720., 220.),
            ]
            .concat(),
        },
        Scene {
            name: "workshop.jpg",
            alt: "Dough and flour on the workshop's table",
            size: SQUARE,
            ground: ([238, 233, 228], [222, 214, 206]),
            table: Some((560., WOOD)),
            things: vec![
                round(520., 640., 330., 110., FLOUR),
                round(520., 560., 220., 150., CREAM),
                round(500., 520., 150., 80., [255, 251, 243]),
            ],
        },
        Scene {
            name: "starter.jpg",
            alt: "A jar of sourdough starter that has doubled",
            size: PORTRAIT,
            ground: (LEAF, [64, 88, 60]),
            table: Some((800., WOOD)),
            things: vec![
                round(500., 640., 230., 220., CREAM),
                round(500., 560., 220., 170., FLOUR),
                round(470., 520., 40., 32., CREAM),
                round(560., 580., 30., 24., CREAM),
            ],
        },
    ]
}

fn round(x: f32, y: f32, wide: f32, high: f32, colour: Colour) -> Round {
    Round {
        at: (x, y),
        radius: (wide, high),
        colour,
    }
}

fn loaf(x: f32, y: f32, size: f32) -> Vec<Round> {
    vec![
        round(x, y, size, size, CRUST),
        round(
            x - 0.04 * size,
            y - 0.06 * size,
            0.82 * size,
            0.82 * size,
            GOLD,
        ),
        round(
            x - 0.06 * size,
            y - 0.1 * size,
            0.55 * size,
            0.55 * size,
            CRUMB,
        ),
    ]
}

fn seeds(x: f32, y: f32, reach: f32) -> Vec<Round> {
    let on_ring = |number: u16| {
        let turn = f32::from(number) * 2.4;
        let far = reach * (f32::from(number) / 40.).sqrt();
        round(x + far * turn.cos(), y + far * turn.sin(), 14., 8., OVEN)
    };
    (0..40).map(on_ring).collect()
}

fn sprigs() -> Vec<Round> {
    let sprig = |number: u16| {
        let (column, row) = (number % 5, number / 5);
        let (x, y) = (f32::from(column), f32::from(row));
        round(
            260. + 120. * x + 20. * (y - 1.5),
            360. + 95. * y,
            34.,
            9.,
            LEAF,
        )
    };
    (0..20).map(sprig).collect()
}

fn tray() -> Vec<Round> {
    let place = |number: u16| (f32::from(number % 3), f32::from(number / 3));
    (0..9)
        .map(place)
        .flat_map(|(column, row)| loaf(210. + 290. * column, 210. + 290. * row, 125.))
        .collect()
}

impl Scene {
    /// The picture as a JPEG file.
    pub fn jpeg(&self) -> anyhow::Result<Vec<u8>> {
        let (width, height) = self.size;
        let mut picture = RgbImage::from_fn(width, height, |_, y| Rgb(self.ground_at(y)));
        for thing in &self.things {
            self.paint(&mut picture, thing);
        }
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Jpeg)?;
        Ok(bytes.into_inner())
    }

    fn ground_at(&self, y: u32) -> Colour {
        let part = part(y, self.size.1);
        match self.table {
            Some((edge, colour)) if part * 1000. > edge => colour,
            _ => mix(self.ground.0, self.ground.1, part),
        }
    }

    fn paint(&self, picture: &mut RgbImage, thing: &Round) {
        let (width, height) = self.size;
        for (x, y, pixel) in picture.enumerate_pixels_mut() {
            let across = (part(x, width) * 1000. - thing.at.0) / thing.radius.0;
            let down = (part(y, height) * 1000. - thing.at.1) / thing.radius.1;
            let distance = across.hypot(down);
            // The edge is a little soft, and the side away from the light a little darker.
            let cover = ((1. - distance) * 60.).clamp(0., 1.);
            if cover > 0. {
                let light = 1. - 0.1 * (across + down).clamp(-1., 1.);
                let colour = thing.colour.map(|channel| shade(channel, light));
                pixel.0 = mix(pixel.0, colour, cover);
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "pictures are small")]
fn part(position: u32, of: u32) -> f32 {
    position as f32 / of as f32
}

fn mix(from: Colour, to: Colour, part: f32) -> Colour {
    std::array::from_fn(|channel| {
        let (from, to) = (f32::from(from[channel]), f32::from(to[channel]));
        byte(from + (to - from) * part)
    })
}

fn shade(channel: u8, light: f32) -> u8 {
    byte(f32::from(channel) * light)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte"
)]
fn byte(value: f32) -> u8 {
    value.round().clamp(0., 255.) as u8
}
