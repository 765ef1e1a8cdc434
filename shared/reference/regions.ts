/**
 * States and provinces of 16 countries: country, code, name, then other spellings. Codes and names after ISO 3166-2
 * (2024); military and associated post of the United States after USPS Publication 28; English, former and
 * abbreviated names by hand.
 */
const LINES = `
US|AA|Armed Forces Americas
US|AE|Armed Forces Europe
US|AK|Alaska
US|AL|Alabama|Ala
US|AP|Armed Forces Pacific
US|AR|Arkansas|Ark
US|AS|American Samoa
US|AZ|Arizona|Ariz
US|CA|California|Calif
US|CO|Colorado|Colo
US|CT|Connecticut|Conn
US|DC|District of Columbia|Washington DC
US|DE|Delaware|Del
US|FL|Florida|Fla
US|FM|Federated States of Micronesia
US|GA|Georgia
US|GU|Guam
US|HI|Hawaii
US|IA|Iowa
US|ID|Idaho
US|IL|Illinois|Ill
US|IN|Indiana|Ind
US|KS|Kansas|Kan|Kans
US|KY|Kentucky
US|LA|Louisiana
US|MA|Massachusetts|Mass
US|MD|Maryland
US|ME|Maine
US|MH|Marshall Islands
US|MI|Michigan|Mich
US|MN|Minnesota|Minn
US|MO|Missouri
US|MP|Northern Mariana Islands|Northern Marianas|CNMI
US|MS|Mississippi|Miss
US|MT|Montana|Mont
US|NC|North Carolina|N Carolina|N Car|No Carolina
US|ND|North Dakota|N Dak|No Dak
US|NE|Nebraska|Neb|Nebr
US|NH|New Hampshire
US|NJ|New Jersey|N Jersey
US|NM|New Mexico|N Mex|New Mex
US|NV|Nevada|Nev
US|NY|New York|New York State|NY State
US|OH|Ohio
US|OK|Oklahoma|Okla
US|OR|Oregon|Ore|Oreg
US|PA|Pennsylvania|Penn|Penna
US|PR|Puerto Rico|Porto Rico
US|PW|Palau
US|RI|Rhode Island
US|SC|South Carolina|S Carolina|S Car|So Carolina
US|SD|South Dakota|S Dak|So Dak
US|TN|Tennessee|Tenn
US|TX|Texas|Tex
US|UT|Utah
US|VA|Virginia
US|VI|US Virgin Islands|Virgin Islands|United States Virgin Islands
US|VT|Vermont
US|WA|Washington|Wash|Washington State
US|WI|Wisconsin|Wis|Wisc
US|WV|West Virginia|W Va|W Virginia
US|WY|Wyoming|Wyo
CA|AB|Alberta|Alta
CA|BC|British Columbia|B Columbia|Colombie-Britannique
CA|MB|Manitoba|Man
CA|NB|New Brunswick|Nouveau-Brunswick
CA|NL|Newfoundland and Labrador|NF|Nfld|Newfoundland|Labrador|Terre-Neuve-et-Labrador
CA|NS|Nova Scotia|Nouvelle-Écosse
CA|NT|Northwest Territories|NWT|Territoires du Nord-Ouest
CA|NU|Nunavut
CA|ON|Ontario|Ont
CA|PE|Prince Edward Island|PEI|Île-du-Prince-Édouard
CA|QC|Quebec|Québec|Que|PQ
CA|SK|Saskatchewan|Sask
CA|YT|Yukon|Yukon Territory|YK
AU|ACT|Australian Capital Territory
AU|NSW|New South Wales
AU|NT|Northern Territory|N Territory
AU|QLD|Queensland
AU|SA|South Australia|S Australia
AU|TAS|Tasmania
AU|VIC|Victoria
AU|WA|Western Australia|West Australia|W Australia
NZ|AUK|Auckland|AKL
NZ|BOP|Bay of Plenty
NZ|CAN|Canterbury
NZ|CIT|Chatham Islands|Chatham Islands Territory
NZ|GIS|Gisborne
NZ|HKB|Hawke's Bay
NZ|MBH|Marlborough
NZ|MWT|Manawatu-Whanganui|Manawatu|Manawatū-Whanganui
NZ|NSN|Nelson
NZ|NTL|Northland
NZ|OTA|Otago
NZ|STL|Southland
NZ|TAS|Tasman
NZ|TKI|Taranaki|TRN
NZ|WGN|Wellington|Greater Wellington|WLG
NZ|WKO|Waikato
NZ|WTC|West Coast
DE|BB|Brandenburg|BRB
DE|BE|Berlin|Land Berlin
DE|BW|Baden-Württemberg|Baden-Wuerttemberg|BaWü
DE|BY|Bayern|Bavaria|Freistaat Bayern
DE|HB|Bremen|Freie Hansestadt Bremen
DE|HE|Hessen|Hesse|Hessia
DE|HH|Hamburg|Freie und Hansestadt Hamburg
DE|MV|Mecklenburg-Vorpommern|Mecklenburg-Western Pomerania|Mecklenburg Vorp|Meck-Pomm
DE|NI|Niedersachsen|Lower Saxony|NDS
DE|NW|Nordrhein-Westfalen|NRW|North Rhine-Westphalia|Nordrhein Westf
DE|RP|Rheinland-Pfalz|RLP|Rhineland-Palatinate
DE|SH|Schleswig-Holstein
DE|SL|Saarland
DE|SN|Sachsen|Saxony|Freistaat Sachsen
DE|ST|Sachsen-Anhalt|Saxony-Anhalt|LSA
DE|TH|Thüringen|Thuringia|Thueringen|Freistaat Thüringen
AT|1|Burgenland|Bgld
AT|2|Kärnten|Carinthia|Kaernten|Ktn
AT|3|Niederösterreich|Lower Austria|Niederoesterreich|NÖ
AT|4|Oberösterreich|Upper Austria|Oberoesterreich|OÖ
AT|5|Salzburg|Sbg
AT|6|Steiermark|Styria|Stmk
AT|7|Tirol|Tyrol
AT|8|Vorarlberg|Vbg
AT|9|Wien|Vienna
CH|AG|Aargau
CH|AI|Appenzell Innerrhoden
CH|AR|Appenzell Ausserrhoden
CH|BE|Bern|Berne|Berna
CH|BL|Basel-Landschaft|Basel-Country|Baselland|Bâle-Campagne
CH|BS|Basel-Stadt|Basle-City|Bâle-Ville
CH|FR|Fribourg|Freiburg
CH|GE|Genève|Geneva|Genf|Ginevra
CH|GL|Glarus
CH|GR|Graubünden|Grisons|Grigioni|Graubuenden
CH|JU|Jura
CH|LU|Luzern|Lucerne
CH|NE|Neuchâtel|Neuenburg
CH|NW|Nidwalden
CH|OW|Obwalden
CH|SG|St. Gallen|Sankt Gallen|Saint Gallen|Saint-Gall
CH|SH|Schaffhausen
CH|SO|Solothurn|Soleure
CH|SZ|Schwyz
CH|TG|Thurgau
CH|TI|Ticino|Tessin
CH|UR|Uri
CH|VD|Vaud|Waadt
CH|VS|Valais|Wallis
CH|ZG|Zug|Zoug
CH|ZH|Zürich|Zuerich
NL|DR|Drenthe
NL|FL|Flevoland
NL|FR|Friesland|Fryslân
NL|GE|Gelderland
NL|GR|Groningen
NL|LI|Limburg
NL|NB|Noord-Brabant|North Brabant|Brabant
NL|NH|Noord-Holland|North Holland
NL|OV|Overijssel
NL|UT|Utrecht
NL|ZE|Zeeland
NL|ZH|Zuid-Holland|South Holland
BE|BRU|Brussels|Bruxelles|Brussel|Brussels-Capital|Région de Bruxelles-Capitale|Brussels Hoofdstedelijk Gewest
BE|VAN|Antwerpen|Antwerp|Anvers
BE|VBR|Vlaams-Brabant|Flemish Brabant
BE|VLI|Limburg
BE|VOV|Oost-Vlaanderen|East Flanders
BE|VWV|West-Vlaanderen|West Flanders
BE|WBR|Brabant wallon|Walloon Brabant|Waals-Brabant
BE|WHT|Hainaut|Henegouwen
BE|WLG|Liège|Luik|Lüttich
BE|WLX|Luxembourg|Luxemburg
BE|WNA|Namur|Namen
ES|AN|Andalucía|Andalusia
ES|AR|Aragón
ES|AS|Asturias|Principado de Asturias|Asturias, Principado de
ES|CB|Cantabria
ES|CE|Ceuta
ES|CL|Castilla y León|Castile and León|Castilla León
ES|CM|Castilla-La Mancha|Castile-La Mancha
ES|CN|Canarias|Canary Islands|Islas Canarias
ES|CT|Cataluña|Catalunya|Catalonia
ES|EX|Extremadura
ES|GA|Galicia
ES|IB|Islas Baleares|Illes Balears|Balearic Islands|Baleares
ES|MC|Murcia|Región de Murcia|Murcia, Región de
ES|MD|Madrid|Comunidad de Madrid|Madrid, Comunidad de
ES|ML|Melilla
ES|NC|Navarra|Navarre|Comunidad Foral de Navarra|Navarra, Comunidad Foral de
ES|PV|País Vasco|Basque Country|Euskadi
ES|RI|La Rioja
ES|VC|Comunidad Valenciana|Valencia|Comunitat Valenciana|Valencian Community|Valenciana, Comunidad
IT|21|Piemonte|Piedmont
IT|23|Valle d'Aosta|Aosta Valley|Vallée d'Aoste|Valle d'Aosta/Vallée d'Aoste
IT|25|Lombardia|Lombardy
IT|32|Trentino-Alto Adige|Südtirol|Alto Adige|South Tyrol|Trentino|Trentino-Alto Adige/Südtirol|Trentino-South Tyrol|Trentino-Alto Adige, Trentino-Südtirol
IT|34|Veneto
IT|36|Friuli Venezia Giulia|Friuli
IT|42|Liguria
IT|45|Emilia-Romagna
IT|52|Toscana|Tuscany
IT|55|Umbria
IT|57|Marche|The Marches
IT|62|Lazio|Latium
IT|65|Abruzzo
IT|67|Molise
IT|72|Campania
IT|75|Puglia|Apulia
IT|77|Basilicata
IT|78|Calabria
IT|82|Sicilia|Sicily
IT|88|Sardegna|Sardinia
BR|AC|Acre
BR|AL|Alagoas
BR|AM|Amazonas
BR|AP|Amapá
BR|BA|Bahia
BR|CE|Ceará
BR|DF|Distrito Federal|Brasilia|Federal District
BR|ES|Espírito Santo
BR|GO|Goiás
BR|MA|Maranhão
BR|MG|Minas Gerais
BR|MS|Mato Grosso do Sul
BR|MT|Mato Grosso
BR|PA|Pará
BR|PB|Paraíba
BR|PE|Pernambuco
BR|PI|Piauí
BR|PR|Paraná
BR|RJ|Rio de Janeiro
BR|RN|Rio Grande do Norte
BR|RO|Rondônia
BR|RR|Roraima
BR|RS|Rio Grande do Sul
BR|SC|Santa Catarina
BR|SE|Sergipe
BR|SP|São Paulo
BR|TO|Tocantins
MX|AGU|Aguascalientes|Ags
MX|BCN|Baja California|BC
MX|BCS|Baja California Sur
MX|CAM|Campeche
MX|CHH|Chihuahua
MX|CHP|Chiapas
MX|CMX|Ciudad de México|CDMX|DF|Distrito Federal|Mexico City
MX|COA|Coahuila|Coahuila de Zaragoza|Coah
MX|COL|Colima
MX|DUR|Durango
MX|GRO|Guerrero
MX|GUA|Guanajuato
MX|HID|Hidalgo
MX|JAL|Jalisco
MX|MEX|Estado de México|México|Edomex|State of Mexico
MX|MIC|Michoacán|Michoacán de Ocampo|Mich
MX|MOR|Morelos
MX|NAY|Nayarit
MX|NLE|Nuevo León|NL
MX|OAX|Oaxaca
MX|PUE|Puebla
MX|QUE|Querétaro|Querétaro de Arteaga|Qro
MX|ROO|Quintana Roo|Q Roo
MX|SIN|Sinaloa
MX|SLP|San Luis Potosí
MX|SON|Sonora
MX|TAB|Tabasco
MX|TAM|Tamaulipas
MX|TLA|Tlaxcala
MX|VER|Veracruz|Veracruz de Ignacio de la Llave
MX|YUC|Yucatán
MX|ZAC|Zacatecas
IN|AN|Andaman and Nicobar Islands|Andaman & Nicobar|A & N Islands
IN|AP|Andhra Pradesh
IN|AR|Arunachal Pradesh|Arunāchal Pradesh
IN|AS|Assam
IN|BR|Bihar|Bihār
IN|CG|Chhattisgarh|CT|Chhattīsgarh
IN|CH|Chandigarh
IN|DH|Dadra and Nagar Haveli and Daman and Diu|Daman and Diu|Dadra and Nagar Haveli|DD|DN|Dādra and Nagar Haveli and Damān and Diu
IN|DL|Delhi|New Delhi|NCT of Delhi
IN|GA|Goa
IN|GJ|Gujarat|Gujarāt
IN|HP|Himachal Pradesh|Himāchal Pradesh
IN|HR|Haryana|Haryāna
IN|JH|Jharkhand|Jhārkhand
IN|JK|Jammu and Kashmir|Jammu and Kashmīr
IN|KA|Karnataka|Karnātaka
IN|KL|Kerala
IN|LA|Ladakh|Ladākh
IN|LD|Lakshadweep
IN|MH|Maharashtra|Mahārāshtra
IN|ML|Meghalaya|Meghālaya
IN|MN|Manipur
IN|MP|Madhya Pradesh
IN|MZ|Mizoram
IN|NL|Nagaland|Nāgāland
IN|OD|Odisha|Orissa|OR
IN|PB|Punjab
IN|PY|Puducherry|Pondicherry|Puducherry (Pondicherry)
IN|RJ|Rajasthan|Rājasthān
IN|SK|Sikkim
IN|TN|Tamil Nadu|Tamil Nādu
IN|TR|Tripura
IN|TS|Telangana|TG|Telangāna
IN|UK|Uttarakhand|Uttaranchal|UT|UA|Uttarākhand
IN|UP|Uttar Pradesh
IN|WB|West Bengal
JP|01|Hokkaido|Hokkaidō|Hokkaidô
JP|02|Aomori
JP|03|Iwate
JP|04|Miyagi
JP|05|Akita
JP|06|Yamagata
JP|07|Fukushima|Hukusima
JP|08|Ibaraki
JP|09|Tochigi|Totigi
JP|10|Gunma
JP|11|Saitama
JP|12|Chiba|Tiba
JP|13|Tokyo|Tōkyō|Tôkyô
JP|14|Kanagawa
JP|15|Niigata
JP|16|Toyama
JP|17|Ishikawa|Isikawa
JP|18|Fukui|Hukui
JP|19|Yamanashi|Yamanasi
JP|20|Nagano
JP|21|Gifu|Gihu
JP|22|Shizuoka|Sizuoka
JP|23|Aichi|Aiti
JP|24|Mie
JP|25|Shiga|Siga
JP|26|Kyoto|Kyōto|Kyôto
JP|27|Osaka|Ōsaka|Ôsaka
JP|28|Hyogo|Hyōgo|Hyôgo
JP|29|Nara
JP|30|Wakayama
JP|31|Tottori
JP|32|Shimane|Simane
JP|33|Okayama
JP|34|Hiroshima|Hirosima
JP|35|Yamaguchi|Yamaguti
JP|36|Tokushima|Tokusima
JP|37|Kagawa
JP|38|Ehime
JP|39|Kochi|Kôti
JP|40|Fukuoka|Hukuoka
JP|41|Saga
JP|42|Nagasaki
JP|43|Kumamoto
JP|44|Oita|Ôita
JP|45|Miyazaki
JP|46|Kagoshima|Kagosima
JP|47|Okinawa
ZA|EC|Eastern Cape
ZA|FS|Free State|Orange Free State
ZA|GP|Gauteng|GT
ZA|KZN|KwaZulu-Natal|KZ|NL|Natal
ZA|LP|Limpopo|Northern Province|LM
ZA|MP|Mpumalanga
ZA|NC|Northern Cape
ZA|NW|North West
ZA|WC|Western Cape|Western Province
`;

export type Region = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The part of the ISO 3166-2 code after the country. */
  readonly code: string;
  readonly name: string;
  /** Other spellings. */
  readonly others: readonly string[];
};

export const REGIONS: readonly Region[] = LINES.trim()
  .split('\n')
  .map((line) => {
    const [country = '', code = '', name = '', ...others] = line.split('|');
    return { country, code, name, others };
  });
