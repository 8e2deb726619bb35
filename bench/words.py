"""The words that names, titles and addresses of the data set are made of."""

from __future__ import annotations


def _words(text: str, *, separator: str = " ") -> tuple[str, ...]:
    return tuple(text.split(separator))


FIRST_NAMES = _words(
    "Ada Adam Aiko Alba Alice Amir Ana Andrea Anton Arjun Astrid Aya Ben Bianca Boris Camila Carl "
    "Carmen Chen Chiara Clara Claude Dana Daniel David Diana Diego Dmitri Elena Elias Élodie Emma "
    "Enzo Erik Eva Fatima Felix Femke Finn Flora Francesca Frida Gael Georg Grace Hana Hannah Hugo "
    "Ida Igor Ines Irene Isaac Ivan Jack Jana Javier Jin Johan José Julia Jun Kaito Karin Katja "
    "Kenji Lara Lars Laura Leila Léo Lina Luca Lucía Maja Malik Marco Maria Marta Mateo Mei Mia "
    "Mila Mohammed Nadia Naomi Nico Nils Nina Noah Nora Olga Oliver Omar Oscar Pablo Petra Priya "
    "Rachel Rafael Ravi Rosa Ruth Samir Sara Sofia Stefan Sven Tara Theo Tomás Uma Vera Victor "
    "Viktoria Wei William Yara Yuki Yusuf Zoé"
)
LAST_NAMES = _words(
    "Abe Almeida Andersen Anderson Bauer Becker Bell Berg Bianchi Blanc Brown Castro Chen Clark "
    "Cohen Costa Cruz Dahl Davies Díaz Dubois Evans Fernández Ferrari Fischer Fontaine Garcia "
    "Ghosh Gonzalez Green Gruber Gupta Hall Hansen Hassan Hernández Hill Hoffmann Horvat Hughes "
    "Huang Ibrahim Ito Ivanov Jackson Jansen Jensen Johansson Johnson Jones Kaya Keller Khan Kim "
    "King Klein Kowalski Kumar Lambert Larsen Laurent Lee Lefebvre Lehmann Lewis Li Lin Lindberg "
    "López Martin Martínez Mayer Meyer Miller Mitchell Mori Moreau Morales Müller Murphy Nakamura "
    "Nguyen Nielsen Novak O'Brien Okafor Olsen Ortiz Park Patel Pereira Pérez Peters Petrov Popov "
    "Ramos Rao Reyes Ricci Richter Rivera Roberts Robinson Rodriguez Rossi Roux Ruiz Ryan Sanchez "
    "Santos Sato Schmidt Schneider Schulz Scott Sharma Silva Singh Smith Sørensen Suzuki Svensson "
    "Takahashi Tanaka Taylor Thomas Thompson Torres Tran Turner Vargas Vogel Wagner Walker Wang "
    "Weber White Williams Wilson Wong Wright Yamamoto Yang Yilmaz Young Zhang Zimmermann"
)
JOB_TITLES = _words(
    "Account Executive,Account Manager,Accountant,Analyst,Architect,Art Director,Buyer,"
    "Chief Executive Officer,Chief Financial Officer,Chief Technology Officer,Consultant,"
    "Controller,Customer Success Manager,Data Engineer,Designer,Director of Marketing,"
    "Director of Sales,Engineer,Founder,General Counsel,Head of Growth,Head of Operations,"
    "Head of People,IT Manager,Marketing Manager,Office Manager,Operations Manager,"
    "Partner,Plant Manager,Procurement Manager,Product Manager,Project Manager,"
    "Quality Manager,Recruiter,Sales Representative,Software Engineer,Support Engineer,"
    "Team Lead,VP Engineering,VP Finance,VP Sales",
    separator=",",
)
COMPANY_FIRST_WORDS = _words(
    "Acme Alder Alpine Amber Apex Arbor Argent Aster Atlas Aurora Azure Beacon Birch Blue Bright "
    "Cedar Cinder Clear Cobalt Copper Coral Crescent Crystal Delta Eagle Echo Elm Ember Emerald "
    "Evergreen Falcon Fern First Forge Fox Garnet Glacier Golden Granite Green Harbor Hazel Heron "
    "Hollow Horizon Indigo Iron Ivory Jade Juniper Keystone Lark Laurel Lime Linden Lunar Maple "
    "Meridian Mint Nimbus Noble North Nova Oak Ocean Olive Onyx Opal Orchid Osprey Pearl Pine "
    "Pioneer Polar Prairie Quartz Raven Red Ridge River Ruby Sable Saffron Sage Sierra Silver "
    "Solar Sparrow Spruce Sterling Stone Summit Swift Tidal Timber Topaz Umber Union Vale Velvet "
    "Verdant Violet Vista West Willow Winter Wren Zenith Zephyr"
)
COMPANY_SECOND_WORDS = _words(
    "Aerospace Agriculture Analytics Architects Automation Bank Biotech Brands Brewing Builders "
    "Capital Ceramics Chemicals Clinics Cloud Coffee Commerce Construction Consulting Dairy Data "
    "Dental Design Dynamics Education Electric Electronics Energy Engineering Fabrics Farms Films "
    "Finance Foods Freight Furniture Games Gas Glass Health Holdings Hotels Industries Insurance "
    "Interactive Kitchens Labs Learning Legal Lighting Logistics Machines Marine Materials Media "
    "Medical Metals Mills Mobility Motors Networks Optics Packaging Paper Partners Payments "
    "Pharma Photonics Plastics Power Press Printing Properties Rail Recycling Research Retail "
    "Robotics Security Semiconductors Shipping Software Solar Sports Steel Studios Supply Systems "
    "Technologies Telecom Textiles Tools Toys Travel Ventures Water Wines Works"
)
COMPANY_FORMS = ("", "", " AG", " B.V.", " GmbH", " Group", " Inc.", " LLC", " Ltd", " S.A.")
CITIES = (  # city, state, country, postcode, latitude, longitude
    ("San Francisco", "CA", "United States", "94103", 37.7749, -122.4194),
    ("New York", "NY", "United States", "10001", 40.7128, -74.0060),
    ("Austin", "TX", "United States", "73301", 30.2672, -97.7431),
    ("London", "", "United Kingdom", "EC1A 1BB", 51.5074, -0.1278),
    ("Paris", "Île-de-France", "France", "75001", 48.8566, 2.3522),
    ("Berlin", "", "Germany", "10115", 52.5200, 13.4050),
    ("München", "Bayern", "Germany", "80331", 48.1351, 11.5820),
    ("Zürich", "ZH", "Switzerland", "8001", 47.3769, 8.5417),
    ("Amsterdam", "", "Netherlands", "1012", 52.3676, 4.9041),
    ("Madrid", "", "Spain", "28001", 40.4168, -3.7038),
    ("São Paulo", "SP", "Brazil", "01000-000", -23.5505, -46.6333),
    ("Toronto", "ON", "Canada", "M5H", 43.6532, -79.3832),
    ("Tokyo", "", "Japan", "100-0001", 35.6762, 139.6503),
    ("Singapore", "", "Singapore", "018989", 1.3521, 103.8198),
    ("Sydney", "NSW", "Australia", "2000", -33.8688, 151.2093),
    ("Lagos", "", "Nigeria", "100001", 6.5244, 3.3792),
)
