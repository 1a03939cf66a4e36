/** Where an event came from, as far as a System Log record tells. */
export interface Place {
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly postalCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly asNumber: number;
  readonly asOrg: string;
  readonly isp: string;
  readonly domain: string;
  readonly isProxy: boolean;
  readonly rawUserAgent: string;
  readonly os: string;
  readonly browser: string;
}

const CHROME_ON_WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36';
const SAFARI_ON_MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15';
const FIREFOX_ON_LINUX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

/** Addresses and autonomous systems are those reserved for documentation (RFC 5737, RFC 3849, RFC 5398). */
export const BERLIN_OFFICE: Place = {
  address: '192.0.2.10',
  city: 'Berlin',
  state: 'Land Berlin',
  country: 'Germany',
  postalCode: '10115',
  latitude: 52.532,
  longitude: 13.3849,
  asNumber: 64496,
  asOrg: 'example office network',
  isp: 'example carrier',
  domain: 'office.example',
  isProxy: false,
  rawUserAgent: CHROME_ON_WINDOWS,
  os: 'Windows 10',
  browser: 'CHROME',
};

export const LISBON_OFFICE: Place = {
  ...BERLIN_OFFICE,
  address: '198.51.100.24',
  city: 'Lisbon',
  state: 'Lisbon',
  country: 'Portugal',
  postalCode: '1000-001',
  latitude: 38.7167,
  longitude: -9.1333,
  asNumber: 64497,
  rawUserAgent: SAFARI_ON_MAC,
  os: 'Mac OS X',
  browser: 'SAFARI',
};

/** A network and a country that the noise never uses. */
export const FAR_AWAY: Place = {
  address: '203.0.113.66',
  city: 'Auckland',
  state: 'Auckland',
  country: 'New Zealand',
  postalCode: '1010',
  latitude: -36.8485,
  longitude: 174.7633,
  asNumber: 64511,
  asOrg: 'example hosting',
  isp: 'example hosting',
  domain: 'hosting.example',
  isProxy: false,
  rawUserAgent: FIREFOX_ON_LINUX,
  os: 'Linux',
  browser: 'FIREFOX',
};

export const ANONYMIZER: Place = {
  ...FAR_AWAY,
  address: '203.0.113.99',
  asOrg: 'example anonymizer',
  isp: 'example anonymizer',
  domain: 'anonymizer.example',
  isProxy: true,
};
