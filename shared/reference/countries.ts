/**
 * Countries and territories of ISO 3166-1, and Kosovo by its usual code: alpha-2, alpha-3, English short name, then
 * other spellings. Codes after ISO 3166-1 (2024); names after Unicode CLDR 48 in English, German, French, Spanish,
 * Italian, Portuguese and Dutch; endonyms, former names and usual abbreviations by hand.
 */
const LINES = `
AD|AND|Andorra|Andorre
AE|ARE|United Arab Emirates|UAE|Emirates|VAE|Vereinigte Arabische Emirate|Émirats arabes unis|Emiratos Árabes Unidos|Emirati Arabi Uniti|Emirados Árabes Unidos|Verenigde Arabische Emiraten
AF|AFG|Afghanistan|Afganistán|Afeganistão
AG|ATG|Antigua and Barbuda|Antigua|Barbuda|Antigua und Barbuda|Antigua-et-Barbuda|Antigua y Barbuda|Antigua e Barbuda|Antígua e Barbuda|Antigua en Barbuda
AI|AIA|Anguilla|Anguila
AL|ALB|Albania|Shqipëria|Albanien|Albanie|Albânia|Albanië
AM|ARM|Armenia|Hayastan|Armenien|Arménie|Armênia|Armenië
AO|AGO|Angola
AQ|ATA|Antarctica|Antarktis|Antarctique|Antártida|Antartide
AR|ARG|Argentina|Argentinien|Argentine|Argentinië
AS|ASM|American Samoa|Amerikanisch-Samoa|Samoa américaines|Samoa Americana|Samoa Americane|Amerikaans-Samoa
AT|AUT|Austria|Österreich|Oesterreich|Rakousko|Ausztria|Autriche|Áustria|Oostenrijk
AU|AUS|Australia|Commonwealth of Australia|Australien|Australie|Austrália|Australië
AW|ABW|Aruba
AX|ALA|Åland Islands|Aland|Åland|Ahvenanmaa|Ålandinseln|Îles Åland|Islas Aland|Isole Åland|Ilhas Aland
AZ|AZE|Azerbaijan|Aserbaidschan|Azerbaïdjan|Azerbaiyán|Azerbaigian|Azerbaijão|Azerbeidzjan
BA|BIH|Bosnia and Herzegovina|Bosnia|Bosna i Hercegovina|Bosnien und Herzegowina|Bosnie-Herzégovine|Bosnia y Herzegovina|Bosnia ed Erzegovina|Bósnia e Herzegovina|Bosnië en Herzegovina
BB|BRB|Barbados|Barbade
BD|BGD|Bangladesh|Bangladesch|Bangladés
BE|BEL|Belgium|Belgique|België|Belgien|Bélgica|Belgio
BF|BFA|Burkina Faso|Burquina Faso
BG|BGR|Bulgaria|България|Bulgariya|Bulgarien|Bulgarie|Bulgária|Bulgarije
BH|BHR|Bahrain|Bahreïn|Baréin
BI|BDI|Burundi
BJ|BEN|Benin|Bénin|Benín
BL|BLM|Saint Barthélemy|St Barths|St Barts|St Barthelemy|San Bartolomé|São Bartolomeu
BM|BMU|Bermuda|Bermudes|Bermudas
BN|BRN|Brunei|Brunei Darussalam|Brunéi
BO|BOL|Bolivia|Plurinational State of Bolivia|Bolivia, Plurinational State of|Bolivien|Bolivie|Bolívia
BQ|BES|Caribbean Netherlands|Bonaire|Bonaire, Sint Eustatius and Saba|Saba|Sint Eustatius|Sint Eustatius and Saba Bonaire|Karibische Niederlande|Pays-Bas caribéens|Caribe neerlandés|Caraibi Olandesi|Países Baixos Caribenhos|Caribisch Nederland
BR|BRA|Brazil|Brasil|Brasilien|Brésil|Brasile|Brazilië
BS|BHS|Bahamas|The Bahamas
BT|BTN|Bhutan|Bhoutan|Bután|Butão
BV|BVT|Bouvet Island|Bouvetinsel|Île Bouvet|Isla Bouvet|Isola Bouvet|Ilha Bouvet|Bouveteiland
BW|BWA|Botswana|Botsuana
BY|BLR|Belarus|Беларусь|White Russia|Byelorussia|Biélorussie|Bielorrusia|Bielorussia|Bielorrússia
BZ|BLZ|Belize|Belice
CA|CAN|Canada|Kanada|Canadá
CC|CCK|Cocos Islands|Cocos Keeling Islands|Keeling Islands|Kokosinseln|Îles Cocos|Islas Cocos|Isole Cocos Keeling|Ilhas Cocos Keeling|Cocoseilanden
CD|COD|Congo (Kinshasa)|Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC|Zaire|RDC|Demokratische Republik Kongo|République démocratique du Congo|Congo, Democratic Republic of the|Kongo-Kinshasa|República Democrática del Congo
CF|CAF|Central African Republic|Zentralafrikanische Republik|République centrafricaine|República Centroafricana|Repubblica Centrafricana|Centraal-Afrikaanse Republiek
CG|COG|Congo (Brazzaville)|Congo|Republic of the Congo|Congo Republic|Kongo|Kongo-Brazzaville|República do Congo
CH|CHE|Switzerland|Swiss Confederation|Confoederatio Helvetica|Schweiz|Suisse|Svizzera|Svizra|Suiza|Suíça|Zwitserland
CI|CIV|Côte d'Ivoire|Ivory Coast|Elfenbeinküste|Costa d'Avorio|Costa do Marfim|Ivoorkust
CK|COK|Cook Islands|Cookinseln|Îles Cook|Islas Cook|Isole Cook|Ilhas Cook|Cookeilanden
CL|CHL|Chile|Chili|Cile
CM|CMR|Cameroon|Cameroun|Kamerun|Camerún|Camarões|Kameroen
CN|CHN|China|People's Republic of China|PRC|Mainland China|中国|Volksrepublik China|Chine|Cina
CO|COL|Colombia|Kolumbien|Colombie|Colômbia
CR|CRI|Costa Rica
CU|CUB|Cuba|Kuba
CV|CPV|Cape Verde|Kap Verde|Cabo Verde|Cap-Vert|Capo Verde|Kaapverdië
CW|CUW|Curaçao|Curazao
CX|CXR|Christmas Island|Weihnachtsinsel|Île Christmas|Isla de Navidad|Isola Christmas|Ilha Christmas|Christmaseiland
CY|CYP|Cyprus|Kypros|Κύπρος|Kıbrıs|Zypern|Chypre|Chipre|Cipro
CZ|CZE|Czechia|Czech Republic|Česko|Česká republika|République tchèque|República Checa|Repubblica Ceca|Tschechische Republik|Tschechien|Tchéquie|Chequia|Cechia|Tchéquia|Tsjechië
DE|DEU|Germany|Federal Republic of Germany|Bundesrepublik Deutschland|BRD|FRG|Duitsland|Tyskland|Niemcy|Allemagne|Almanya|Deutschland|Alemania|Germania|Alemanha
DJ|DJI|Djibouti|Dschibuti|Yibuti|Gibuti|Djibuti
DK|DNK|Denmark|Danmark|Dänemark|Dinamarca|Danimarca|Denemarken
DM|DMA|Dominica|Dominique
DO|DOM|Dominican Republic|Dominikanische Republik|République dominicaine|República Dominicana|Repubblica Dominicana|Dominicaanse Republiek
DZ|DZA|Algeria|Algérie|Algerien|Argelia|Argélia|Algerije
EC|ECU|Ecuador|Équateur|Equador
EE|EST|Estonia|Eesti|Estland|Estonie|Estônia
EG|EGY|Egypt|Misr|Arab Republic of Egypt|مصر|Ägypten|Égypte|Egipto|Egitto|Egito
EH|ESH|Western Sahara|Westsahara|Sahara occidental|Sáhara Occidental|Sahara Occidentale|Saara Ocidental|Westelijke Sahara
ER|ERI|Eritrea|Érythrée|Eritreia
ES|ESP|Spain|España|Kingdom of Spain|Spanien|Espagne|Spagna|Espanha|Spanje
ET|ETH|Ethiopia|Äthiopien|Éthiopie|Etiopía|Etiópia|Ethiopië
FI|FIN|Finland|Suomi|Finnland|Finlande|Finlandia|Finlândia
FJ|FJI|Fiji|Fidschi|Fidji|Fiyi|Figi
FK|FLK|Falkland Islands|Falklands|Falkland Islands Malvinas|Malvinas|Falklandinseln|Îles Malouines|Islas Malvinas|Isole Falkland|Ilhas Malvinas|Falklandeilanden
FM|FSM|Micronesia|Federated States of Micronesia|Micronesia, Federated States of|Mikronesien|Micronésie|Micronésia
FO|FRO|Faroe Islands|Faeroe Islands|Føroyar|Faroes|Färöer|Îles Féroé|Islas Feroe|Isole Fær Øer|Ilhas Faroé|Faeröer
FR|FRA|France|French Republic|République française|Frankreich|Francia|França|Frankrijk
GA|GAB|Gabon|Gabun|Gabón|Gabão
GB|GBR|United Kingdom|UK|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|United Kingdom of Great Britain and Northern Ireland|Großbritannien|Grande-Bretagne|Gran Bretaña|Gran Bretagna|Inglaterra|Angleterre|Schottland|Vereinigtes Königreich|Royaume-Uni|Reino Unido|Regno Unito|Verenigd Koninkrijk
GD|GRD|Grenada|Grenade|Granada
GE|GEO|Georgia|Sakartvelo|Georgien|Géorgie|Geórgia|Georgië
GF|GUF|French Guiana|Guyane|Französisch-Guayana|Guyane française|Guayana Francesa|Guyana Francese|Guiana Francesa|Frans-Guyana
GG|GGY|Guernsey|Guernesey
GH|GHA|Ghana|Gana
GI|GIB|Gibraltar|Gibilterra
GL|GRL|Greenland|Grönland|Groenland|Groenlandia|Groenlândia
GM|GMB|Gambia|The Gambia|Gambie|Gâmbia
GN|GIN|Guinea|Guinée|Guiné
GP|GLP|Guadeloupe|Guadalupe|Guadalupa
GQ|GNQ|Equatorial Guinea|Äquatorialguinea|Guinée équatoriale|Guinea Ecuatorial|Guinea Equatoriale|Guiné Equatorial|Equatoriaal-Guinea
GR|GRC|Greece|EL|Hellas|Hellenic Republic|Ελλάδα|Griechenland|Grèce|Grecia|Grécia|Griekenland
GS|SGS|South Georgia and South Sandwich Islands|South Georgia and the South Sandwich Islands|South Georgia|Südgeorgien und die Südlichen Sandwichinseln|Géorgie du Sud-et-les Îles Sandwich du Sud|Islas Georgia del Sur y Sandwich del Sur|Georgia del Sud e Sandwich Australi|Ilhas Geórgia do Sul e Sandwich do Sul|Zuid-Georgia en Zuidelijke Sandwicheilanden
GT|GTM|Guatemala
GU|GUM|Guam
GW|GNB|Guinea-Bissau|Guinée-Bissau|Guinea-Bisáu|Guiné-Bissau
GY|GUY|Guyana|Guiana
HK|HKG|Hong Kong|Hong Kong SAR|Hong Kong SAR China|HKSAR|香港|Sonderverwaltungsregion Hongkong|R.A.S. chinoise de Hong Kong|RAE de Hong Kong China|RAS di Hong Kong|Hong Kong, RAE da China|Hongkong SAR van China
HM|HMD|Heard and McDonald Islands|Heard Island and McDonald Islands|Heard und McDonaldinseln|Îles Heard-et-MacDonald|Islas Heard y McDonald|Isole Heard e McDonald|Ilhas Heard e McDonald|Heard en McDonaldeilanden
HN|HND|Honduras
HR|HRV|Croatia|Hrvatska|Kroatien|Croatie|Croacia|Croazia|Croácia|Kroatië
HT|HTI|Haiti|Haïti|Haití
HU|HUN|Hungary|Magyarország|Ungarn|Hongrie|Hungría|Ungheria|Hongarije
ID|IDN|Indonesia|Republic of Indonesia|Indonesien|Indonésie|Indonésia|Indonesië
IE|IRL|Ireland|Republic of Ireland|Eire|Éire|Irish Republic|Irland|Irlande|Irlanda|Ierland
IL|ISR|Israel|State of Israel|ישראל|Israël|Israele
IM|IMN|Isle of Man|Île de Man|Isla de Man|Isola di Man|Ilha de Man
IN|IND|India|Bharat|भारत|Republic of India|Indien|Inde|Índia
IO|IOT|British Indian Ocean Territory|Britisches Territorium im Indischen Ozean|Territoire britannique de l'océan Indien|Territorio Británico del Océano Índico|Territorio Britannico dell'Oceano Indiano|Território Britânico do Oceano Índico|Brits Indische Oceaanterritorium
IQ|IRQ|Iraq|Irak|Iraque
IR|IRN|Iran|Islamic Republic of Iran|Persia|Iran, Islamic Republic of|Irán|Irã
IS|ISL|Iceland|Ísland|Islande|Islandia|Islanda|Islândia|IJsland
IT|ITA|Italy|Italia|Italian Republic|Italien|Italie|Itália|Italië
JE|JEY|Jersey
JM|JAM|Jamaica|Jamaika|Jamaïque|Giamaica
JO|JOR|Jordan|Jordanien|Jordanie|Jordania|Giordania|Jordânia|Jordanië
JP|JPN|Japan|日本|Nippon|Nihon|Japon|Japón|Giappone|Japão
KE|KEN|Kenya|Kenia|Quênia
KG|KGZ|Kyrgyzstan|Kyrgyz Republic|Kirghizia|Kirgisistan|Kirghizstan|Kirguistán|Kirghizistan|Quirguistão|Kirgizië
KH|KHM|Cambodia|Kampuchea|Kambodscha|Cambodge|Camboya|Cambogia|Camboja|Cambodja
KI|KIR|Kiribati|Quiribati
KM|COM|Comoros|The Comoros|Komoren|Comores|Comoras|Comore|Comoren
KN|KNA|Saint Kitts and Nevis|Saint Kitts|St Kitts|St Kitts and Nevis|Saint Kitts und Nevis|Saint-Christophe-et-Niévès|San Cristóbal y Nieves|Saint Kitts e Nevis|São Cristóvão e Névis|Saint Kitts en Nevis
KP|PRK|North Korea|Democratic People's Republic of Korea|DPRK|Korea North|Korea, Democratic People's Republic of|Nordkorea|Corée du Nord|Corea del Norte|Corea del Nord|Coreia do Norte|Noord-Korea
KR|KOR|South Korea|Republic of Korea|Korea|ROK|Korea Republic|Korea South|대한민국|한국|Korea, Republic of|Südkorea|Corée du Sud|Corea del Sur|Corea del Sud|Coreia do Sul|Zuid-Korea
KW|KWT|Kuwait|Koweït|Koeweit
KY|CYM|Cayman Islands|Kaimaninseln|Îles Caïmans|Islas Caimán|Isole Cayman|Ilhas Cayman|Kaaimaneilanden
KZ|KAZ|Kazakhstan|Qazaqstan|Kasachstan|Kazajistán|Kazakistan|Cazaquistão|Kazachstan
LA|LAO|Laos|Lao People's Democratic Republic|Lao PDR
LB|LBN|Lebanon|Libanon|Liban|Líbano
LC|LCA|Saint Lucia|St Lucia|Sainte-Lucie|Santa Lucía|Santa Lúcia
LI|LIE|Liechtenstein
LK|LKA|Sri Lanka|Ceylon
LR|LBR|Liberia|Libéria
LS|LSO|Lesotho|Lesoto
LT|LTU|Lithuania|Lietuva|Litauen|Lituanie|Lituania|Lituânia|Litouwen
LU|LUX|Luxembourg|Lëtzebuerg|Luxemburg|Luxemburgo|Lussemburgo
LV|LVA|Latvia|Latvija|Lettland|Lettonie|Letonia|Lettonia|Letônia|Letland
LY|LBY|Libya|Libyan Arab Jamahiriya|Libyen|Libye|Libia|Líbia|Libië
MA|MAR|Morocco|Al Maghrib|المغرب|Marokko|Maroc|Marruecos|Marocco|Marrocos
MC|MCO|Monaco|Mónaco|Mônaco
MD|MDA|Moldova|Republic of Moldova|Moldova, Republic of|Republik Moldau|Moldavie|Moldavia|Moldávia|Moldavië
ME|MNE|Montenegro|Crna Gora|Monténégro
MF|MAF|Saint Martin|St Martin|Saint Martin French part|San Martín|São Martinho
MG|MDG|Madagascar|Madagaskar
MH|MHL|Marshall Islands|Marshallinseln|Îles Marshall|Islas Marshall|Isole Marshall|Ilhas Marshall|Marshalleilanden
MK|MKD|North Macedonia|Macedonia|FYROM|Republic of North Macedonia|Mazedonien|Nordmazedonien|Macédoine du Nord|Macedonia del Norte|Macedonia del Nord|Macedônia do Norte|Noord-Macedonië
ML|MLI|Mali
MM|MMR|Myanmar|Burma|Birma|Birmanie|Myanmar Burma|Myanmar Birmanie|Myanmar Birmania|Mianmar Birmânia|Myanmar Birma
MN|MNG|Mongolia|Mongolei|Mongolie|Mongólia|Mongolië
MO|MAC|Macao|Macau|Macao SAR|Macao SAR China|Sonderverwaltungsregion Macau|R.A.S. chinoise de Macao|RAE de Macao China|RAS di Macao|Macau, RAE da China|Macau SAR van China
MP|MNP|Northern Mariana Islands|Nördliche Marianen|Îles Mariannes du Nord|Islas Marianas del Norte|Isole Marianne Settentrionali|Ilhas Marianas do Norte|Noordelijke Marianen
MQ|MTQ|Martinique|Martinica
MR|MRT|Mauritania|Mauretanien|Mauritanie|Mauritânia|Mauritanië
MS|MSR|Montserrat
MT|MLT|Malta|Repubblika ta Malta|Malte
MU|MUS|Mauritius|Maurice|Mauricio|Maurício
MV|MDV|Maldives|Maldive Islands|Malediven|Maldivas|Maldive|Maldiven
MW|MWI|Malawi|Malaui
MX|MEX|Mexico|México|Mejico|Méjico|Mexiko|Mexique|Messico
MY|MYS|Malaysia|Federation of Malaysia|Malaisie|Malasia|Malásia|Maleisië
MZ|MOZ|Mozambique|Mosambik|Mozambico|Moçambique
NA|NAM|Namibia|Namibië|Namíbia
NC|NCL|New Caledonia|Neukaledonien|Nouvelle-Calédonie|Nueva Caledonia|Nuova Caledonia|Nova Caledônia|Nieuw-Caledonië
NE|NER|Niger|Níger
NF|NFK|Norfolk Island|Norfolkinsel|Île Norfolk|Isla Norfolk|Isola Norfolk|Ilha Norfolk|Norfolk
NG|NGA|Nigeria|Nigéria
NI|NIC|Nicaragua|Nicarágua
NL|NLD|Netherlands|Holland|The Netherlands|Nederland|Netherland|Hollande|Holanda|Olanda|Netherlands, Kingdom of the|Kingdom of the Netherlands|Niederlande|Pays-Bas|Países Bajos|Paesi Bassi|Países Baixos
NO|NOR|Norway|Norge|Noreg|Norwegen|Norvège|Noruega|Norvegia|Noorwegen
NP|NPL|Nepal|Federal Democratic Republic of Nepal|Népal
NR|NRU|Nauru
NU|NIU|Niue
NZ|NZL|New Zealand|Aotearoa|Neuseeland|Nouvelle-Zélande|Nueva Zelanda|Nuova Zelanda|Nova Zelândia|Nieuw-Zeeland
OM|OMN|Oman|Omán|Omã
PA|PAN|Panama|Panamá
PE|PER|Peru|Pérou|Perú|Perù
PF|PYF|French Polynesia|Französisch-Polynesien|Polynésie française|Polinesia Francesa|Polinesia Francese|Polinésia Francesa|Frans-Polynesië
PG|PNG|Papua New Guinea|Papua-Neuguinea|Papouasie-Nouvelle-Guinée|Papúa Nueva Guinea|Papua Nuova Guinea|Papua-Nova Guiné|Papoea-Nieuw-Guinea
PH|PHL|Philippines|Philippine Islands|Pilipinas|The Philippines|Philippinen|Filipinas|Filippine|Filipijnen
PK|PAK|Pakistan|Pakistán|Paquistão
PL|POL|Poland|Polska|Republic of Poland|Polen|Pologne|Polonia|Polônia
PM|SPM|Saint Pierre and Miquelon|St Pierre and Miquelon|Saint Pierre und Miquelon|Saint-Pierre-et-Miquelon|San Pedro y Miquelón|Saint-Pierre e Miquelon|São Pedro e Miquelão|Saint-Pierre en Miquelon
PN|PCN|Pitcairn Islands|Pitcairn|Pitcairninseln|Îles Pitcairn|Islas Pitcairn|Isole Pitcairn|Ilhas Pitcairn|Pitcairneilanden
PR|PRI|Puerto Rico|Porto Rico
PS|PSE|Palestine|Palestinian Territories|State of Palestine|Palestinian Territory|Palästina|Palestine, State of|Palästinensische Autonomiegebiete|Territoires palestiniens|Territorios Palestinos|Territori Palestinesi|Territórios palestinos|Palestijnse gebieden
PT|PRT|Portugal|Portuguese Republic|Portogallo
PW|PLW|Palau|Palaos
PY|PRY|Paraguay|Paraguai
QA|QAT|Qatar|Katar|Catar
RE|REU|Réunion|La Réunion|Reunión|Riunione|Reunião
RO|ROU|Romania|România|Rumania|Rumänien|Roumanie|Rumanía|Romênia|Roemenië
RS|SRB|Serbia|Srbija|Србија|Serbien|Serbie|Sérvia|Servië
RU|RUS|Russia|Russian Federation|Россия|Rossiya|Rossija|Russland|Russie|Rusia|Rússia|Rusland
RW|RWA|Rwanda|Ruanda
SA|SAU|Saudi Arabia|KSA|Kingdom of Saudi Arabia|السعودية|Saudi-Arabien|Arabie saoudite|Arabia Saudí|Arabia Saudita|Arábia Saudita|Saoedi-Arabië
SB|SLB|Solomon Islands|Salomonen|Îles Salomon|Islas Salomón|Isole Salomone|Ilhas Salomão|Salomonseilanden
SC|SYC|Seychelles|Seychelle Islands|Seychellen|Seicheles
SD|SDN|Sudan|The Sudan|Soudan|Sudán|Sudão|Soedan
SE|SWE|Sweden|Sverige|Schweden|Suède|Suecia|Svezia|Suécia|Zweden
SG|SGP|Singapore|Republic of Singapore|Singapura|Singapur|Singapour
SH|SHN|Saint Helena|St Helena|Saint Helena, Ascension and Tristan da Cunha|Ascension and Tristan da Cunha Saint Helena|Sainte-Hélène|Santa Elena|Sant'Elena|Santa Helena|Sint-Helena
SI|SVN|Slovenia|Slovenija|Republic of Slovenia|Slowenien|Slovénie|Eslovenia|Eslovênia|Slovenië
SJ|SJM|Svalbard and Jan Mayen|Svalbard|Jan Mayen|Spitzbergen und Jan Mayen|Svalbard et Jan Mayen|Svalbard y Jan Mayen|Svalbard e Jan Mayen|Spitsbergen en Jan Mayen
SK|SVK|Slovakia|Slovak Republic|Slovensko|Slowakei|Slovaquie|Eslovaquia|Slovacchia|Eslováquia|Slowakije
SL|SLE|Sierra Leone|Sierra Leona|Serra Leoa
SM|SMR|San Marino|Saint-Marin
SN|SEN|Senegal|Sénégal
SO|SOM|Somalia|Somalie|Somália|Somalië
SR|SUR|Suriname|Surinam
SS|SSD|South Sudan|Südsudan|Soudan du Sud|Sudán del Sur|Sudão do Sul|Zuid-Soedan
ST|STP|São Tomé and Príncipe|Sao Tome|São Tomé|São Tomé und Príncipe|Sao Tomé-et-Principe|Santo Tomé y Príncipe|São Tomé e Príncipe|Sao Tomé en Principe
SV|SLV|El Salvador|Salvador
SX|SXM|Sint Maarten|St Maarten|Sint Maarten Dutch part|Saint-Martin partie néerlandaise
SY|SYR|Syria|Syrian Arab Republic|Syrien|Syrie|Siria|Síria|Syrië
SZ|SWZ|Eswatini|Swaziland|Esuatini|Essuatíni
TC|TCA|Turks and Caicos Islands|Turks- und Caicosinseln|Îles Turques-et-Caïques|Islas Turcas y Caicos|Isole Turks e Caicos|Ilhas Turcas e Caicos|Turks- en Caicoseilanden
TD|TCD|Chad|Tschad|Tchad|Ciad|Chade|Tsjaad
TF|ATF|French Southern Territories|French Southern and Antarctic Lands|Französische Süd- und Antarktisgebiete|Terres australes françaises|Territorios Australes Franceses|Terre Australi Francesi|Territórios Franceses do Sul|Franse Gebieden in de zuidelijke Indische Oceaan
TG|TGO|Togo
TH|THA|Thailand|Siam|ประเทศไทย|Thaïlande|Tailandia|Thailandia|Tailândia
TJ|TJK|Tajikistan|Tadjikistan|Tadschikistan|Tayikistán|Tagikistan|Tadjiquistão|Tadzjikistan
TK|TKL|Tokelau
TL|TLS|Timor-Leste|East Timor|Timor oriental|Timor Est|Oost-Timor
TM|TKM|Turkmenistan|Turkménistan|Turkmenistán|Turcomenistão
TN|TUN|Tunisia|Tunisie|Tunesien|Túnez|Tunísia|Tunesië
TO|TON|Tonga
TR|TUR|Türkiye|Turkey|Republic of Turkey|Türkei|Turquie|Turquía|Turchia|Turkije
TT|TTO|Trinidad and Tobago|Trinidad|Tobago|Trinidad und Tobago|Trinité-et-Tobago|Trinidad y Tobago|Trinidad e Tobago|Trinidad en Tobago
TV|TUV|Tuvalu
TW|TWN|Taiwan|Republic of China|ROC|Taiwan Province of China|Chinese Taipei|台灣|臺灣|Province of China Taiwan|Taïwan|Taiwán
TZ|TZA|Tanzania|United Republic of Tanzania|Tanzania, United Republic of|Tansania|Tanzanie|Tanzânia
UA|UKR|Ukraine|Україна|Ukraina|The Ukraine|Ucrania|Ucraina|Ucrânia|Oekraïne
UG|UGA|Uganda|Ouganda|Oeganda
UM|UMI|US Outlying Islands|United States Minor Outlying Islands|Amerikanische Überseeinseln|Îles mineures éloignées des États-Unis|Islas menores alejadas de EE. UU.|Isole Minori Esterne degli Stati Uniti|Ilhas Menores Distantes dos EUA|Kleine afgelegen eilanden van de Verenigde Staten
US|USA|United States|United States of America|America|Etats Unis|EEUU|EUA|VSA|VS|Amerika|Vereinigte Staaten von Amerika|Vereinigte Staaten|États-Unis|Estados Unidos|Stati Uniti|Verenigde Staten
UY|URY|Uruguay|Uruguai
UZ|UZB|Uzbekistan|O'zbekiston|Usbekistan|Ouzbékistan|Uzbekistán|Uzbequistão|Oezbekistan
VA|VAT|Vatican City|Holy See|Vatican|Vatikan|Vaticano|Vatikanstadt|État de la Cité du Vatican|Ciudad del Vaticano|Città del Vaticano|Cidade do Vaticano|Vaticaanstad
VC|VCT|Saint Vincent and Grenadines|Saint Vincent|St Vincent|St Vincent and the Grenadines|Saint Vincent and the Grenadines|Saint Vincent und die Grenadinen|Saint-Vincent-et-les Grenadines|San Vicente y las Granadinas|Saint Vincent e Grenadine|São Vicente e Granadinas|Saint Vincent en de Grenadines
VE|VEN|Venezuela|Bolivarian Republic of Venezuela|Venezuela, Bolivarian Republic of
VG|VGB|British Virgin Islands|BVI|Virgin Islands British|Britische Jungferninseln|Îles Vierges britanniques|Islas Vírgenes Británicas|Isole Vergini Britanniche|Ilhas Virgens Britânicas|Britse Maagdeneilanden
VI|VIR|US Virgin Islands|USVI|Virgin Islands|Virgin Islands US|United States Virgin Islands|Amerikanische Jungferninseln|Îles Vierges des États-Unis|Islas Vírgenes de EE. UU.|Isole Vergini Americane|Ilhas Virgens Americanas|Amerikaanse Maagdeneilanden
VN|VNM|Vietnam|Việt Nam|Viêt Nam|Vietnã
VU|VUT|Vanuatu
WF|WLF|Wallis and Futuna|Wallis und Futuna|Wallis-et-Futuna|Wallis y Futuna|Wallis e Futuna|Wallis en Futuna
WS|WSM|Samoa
XK|XKX|Kosovo|Kosova|Косово
YE|YEM|Yemen|Jemen|Yémen|Iêmen
YT|MYT|Mayotte
ZA|ZAF|South Africa|RSA|Republic of South Africa|Suid-Afrika|Südafrika|Afrique du Sud|Sudáfrica|África do Sul|Zuid-Afrika
ZM|ZMB|Zambia|Sambia|Zambie|Zâmbia
ZW|ZWE|Zimbabwe|Simbabwe|Zimbabue|Zimbábue
`;

export type Country = {
  readonly alpha2: string;
  readonly alpha3: string;
  readonly name: string;
  /** Other spellings. */
  readonly others: readonly string[];
};

export const COUNTRIES: readonly Country[] = LINES.trim()
  .split('\n')
  .map((line) => {
    const [alpha2 = '', alpha3 = '', name = '', ...others] = line.split('|');
    return { alpha2, alpha3, name, others };
  });
