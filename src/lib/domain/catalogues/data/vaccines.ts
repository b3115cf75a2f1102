/**
 * Vaccine products in use in Viet Nam: names, makers and antigens as the makers' leaflets and the registration
 * lists of the Drug Administration (Cục Quản lý Dược) publish them; written down for this project. A product
 * that is not here is accepted and flagged. Dates stand only where a product came or left within the time that
 * books cover and the date is known at least to the year.
 */
import type { VaccineEntry } from '../kinds.ts';
import type { ClinicalDate } from '../../time/clinical-time.ts';

export const VACCINES_FROM = '2000-01-01' as ClinicalDate;
export const VACCINES_ORIGIN =
	'Selection of this project from leaflets and registration lists, November 2026';

const day = (text: string) => text as ClinicalDate;
const DTP = ['Diphtheria', 'Tetanus', 'Pertussis'];
const FIVE_IN_ONE = [...DTP, 'HepB', 'Hib'];
const MMR = ['Measles', 'Mumps', 'Rubella'];

export const VACCINES: readonly VaccineEntry[] = [
	// The national programme.
	{ code: 'BCG-IVAC', name: 'BCG', antigens: ['BCG'], route: 'intradermal', maker: 'IVAC' },
	{
		code: 'GENE-HBVAX-05',
		name: 'Gene-HBvax 0,5 ml',
		antigens: ['HepB'],
		route: 'intramuscular',
		maker: 'VABIOTECH'
	},
	{
		code: 'GENE-HBVAX-10',
		name: 'Gene-HBvax 1 ml',
		antigens: ['HepB'],
		route: 'intramuscular',
		maker: 'VABIOTECH'
	},
	{
		code: 'COMBE-FIVE',
		name: 'ComBE Five',
		antigens: FIVE_IN_ONE,
		route: 'intramuscular',
		maker: 'Biological E',
		from: day('2018-06-01'),
		until: day('2023-12-31')
	},
	{
		code: 'DPT-VGB-HIB-SII',
		name: 'DPT-VGB-Hib (SII)',
		antigens: FIVE_IN_ONE,
		route: 'intramuscular',
		maker: 'Serum Institute of India',
		from: day('2019-01-01')
	},
	{
		code: 'QUINVAXEM',
		name: 'Quinvaxem',
		antigens: FIVE_IN_ONE,
		route: 'intramuscular',
		maker: 'Janssen Vaccines',
		from: day('2010-06-01'),
		until: day('2019-06-30')
	},
	{
		code: 'OPV-POLYVAC',
		name: 'bOPV',
		antigens: ['Polio'],
		route: 'oral',
		maker: 'POLYVAC',
		from: day('2016-05-01')
	},
	{
		code: 'TOPV-POLYVAC',
		name: 'tOPV',
		antigens: ['Polio'],
		route: 'oral',
		maker: 'POLYVAC',
		until: day('2016-05-31')
	},
	{
		code: 'IPV-IMOVAX',
		name: 'IPV (Imovax Polio)',
		antigens: ['Polio'],
		route: 'intramuscular',
		maker: 'Sanofi Pasteur',
		from: day('2018-08-01')
	},
	{
		code: 'MVVAC',
		name: 'MVVAC (sởi đơn)',
		antigens: ['Measles'],
		route: 'subcutaneous',
		maker: 'POLYVAC'
	},
	{
		code: 'MRVAC',
		name: 'MRVAC (sởi - rubella)',
		antigens: ['Measles', 'Rubella'],
		route: 'subcutaneous',
		maker: 'POLYVAC',
		from: day('2017-03-01')
	},
	{
		code: 'DPT-IVAC',
		name: 'DPT',
		antigens: DTP,
		route: 'intramuscular',
		maker: 'IVAC'
	},
	{
		code: 'TD-IVAC',
		name: 'Td (uốn ván - bạch hầu giảm liều)',
		antigens: ['Tetanus', 'Diphtheria'],
		route: 'intramuscular',
		maker: 'IVAC'
	},
	{
		code: 'VAT-IVAC',
		name: 'VAT (uốn ván hấp phụ)',
		antigens: ['Tetanus'],
		route: 'intramuscular',
		maker: 'IVAC'
	},
	{
		code: 'JEVAX',
		name: 'JEVAX',
		antigens: ['JapaneseEncephalitis'],
		route: 'subcutaneous',
		maker: 'VABIOTECH'
	},
	{
		code: 'ROTAVIN-M1',
		name: 'Rotavin-M1',
		antigens: ['Rotavirus'],
		route: 'oral',
		maker: 'POLYVAC',
		from: day('2012-01-01')
	},
	{
		code: 'ROTAVIN',
		name: 'Rotavin',
		antigens: ['Rotavirus'],
		route: 'oral',
		maker: 'POLYVAC',
		from: day('2020-01-01')
	},
	// Bought, or given in campaigns.
	{
		code: 'EUVAX-B-05',
		name: 'Euvax B 0,5 ml',
		antigens: ['HepB'],
		route: 'intramuscular',
		maker: 'LG Chem'
	},
	{
		code: 'EUVAX-B-10',
		name: 'Euvax B 1 ml',
		antigens: ['HepB'],
		route: 'intramuscular',
		maker: 'LG Chem'
	},
	{
		code: 'ENGERIX-B',
		name: 'Engerix B',
		antigens: ['HepB'],
		route: 'intramuscular',
		maker: 'GSK'
	},
	{
		code: 'HEXAXIM',
		name: 'Hexaxim',
		antigens: [...FIVE_IN_ONE, 'Polio'],
		route: 'intramuscular',
		maker: 'Sanofi Pasteur'
	},
	{
		code: 'INFANRIX-HEXA',
		name: 'Infanrix hexa',
		antigens: [...FIVE_IN_ONE, 'Polio'],
		route: 'intramuscular',
		maker: 'GSK'
	},
	{
		code: 'PENTAXIM',
		name: 'Pentaxim',
		antigens: [...DTP, 'Polio', 'Hib'],
		route: 'intramuscular',
		maker: 'Sanofi Pasteur'
	},
	{
		code: 'TETRAXIM',
		name: 'Tetraxim',
		antigens: [...DTP, 'Polio'],
		route: 'intramuscular',
		maker: 'Sanofi Pasteur'
	},
	{
		code: 'ADACEL',
		name: 'Adacel',
		antigens: DTP,
		route: 'intramuscular',
		maker: 'Sanofi Pasteur'
	},
	{
		code: 'BOOSTRIX',
		name: 'Boostrix',
		antigens: DTP,
		route: 'intramuscular',
		maker: 'GSK'
	},
	{
		code: 'ROTARIX',
		name: 'Rotarix',
		antigens: ['Rotavirus'],
		route: 'oral',
		maker: 'GSK'
	},
	{
		code: 'ROTATEQ',
		name: 'RotaTeq',
		antigens: ['Rotavirus'],
		route: 'oral',
		maker: 'MSD'
	},
	{
		code: 'SYNFLORIX',
		name: 'Synflorix',
		antigens: ['Pneumococcal'],
		route: 'intramuscular',
		maker: 'GSK'
	},
	{
		code: 'PREVENAR-13',
		name: 'Prevenar 13',
		antigens: ['Pneumococcal'],
		route: 'intramuscular',
		maker: 'Pfizer'
	},
	{
		code: 'PRIORIX',
		name: 'Priorix',
		antigens: MMR,
		route: 'subcutaneous',
		maker: 'GSK'
	},
	{
		code: 'MMR-II',
		name: 'M-M-R II',
		antigens: MMR,
		route: 'subcutaneous',
		maker: 'MSD'
	},
	{
		code: 'IMOJEV',
		name: 'Imojev',
		antigens: ['JapaneseEncephalitis'],
		route: 'subcutaneous',
		maker: 'Sanofi Pasteur'
	},
	{
		code: 'JEEV',
		name: 'JEEV',
		antigens: ['JapaneseEncephalitis'],
		route: 'intramuscular',
		maker: 'Biological E'
	},
	{
		code: 'VARIVAX',
		name: 'Varivax',
		antigens: ['Varicella'],
		route: 'subcutaneous',
		maker: 'MSD'
	},
	{
		code: 'VARILRIX',
		name: 'Varilrix',
		antigens: ['Varicella'],
		route: 'subcutaneous',
		maker: 'GSK'
	},
	{
		code: 'GARDASIL',
		name: 'Gardasil',
		antigens: ['HPV'],
		route: 'intramuscular',
		maker: 'MSD'
	},
	{
		code: 'GARDASIL-9',
		name: 'Gardasil 9',
		antigens: ['HPV'],
		route: 'intramuscular',
		maker: 'MSD',
		from: day('2022-01-01')
	},
	{
		code: 'CERVARIX',
		name: 'Cervarix',
		antigens: ['HPV'],
		route: 'intramuscular',
		maker: 'GSK'
	},
	{
		code: 'VAXIGRIP-TETRA',
		name: 'Vaxigrip Tetra',
		antigens: ['Influenza'],
		route: 'intramuscular',
		maker: 'Sanofi Pasteur'
	},
	{
		code: 'INFLUVAC-TETRA',
		name: 'Influvac Tetra',
		antigens: ['Influenza'],
		route: 'intramuscular',
		maker: 'Abbott'
	},
	{
		code: 'IVACFLU-S',
		name: 'IVACFLU-S',
		antigens: ['Influenza'],
		route: 'intramuscular',
		maker: 'IVAC'
	},
	{
		code: 'VA-MENGOC-BC',
		name: 'VA-Mengoc-BC',
		antigens: ['MeningococcalB', 'MeningococcalC'],
		route: 'intramuscular',
		maker: 'Finlay'
	},
	{
		code: 'MENACTRA',
		name: 'Menactra',
		antigens: ['MeningococcalACWY'],
		route: 'intramuscular',
		maker: 'Sanofi Pasteur'
	},
	{
		code: 'BEXSERO',
		name: 'Bexsero',
		antigens: ['MeningococcalB'],
		route: 'intramuscular',
		maker: 'GSK'
	},
	{
		code: 'VERORAB',
		name: 'Verorab',
		antigens: ['Rabies'],
		route: 'intramuscular',
		maker: 'Sanofi Pasteur'
	},
	{
		code: 'ABHAYRAB',
		name: 'Abhayrab',
		antigens: ['Rabies'],
		route: 'intramuscular',
		maker: 'Indian Immunologicals'
	},
	{
		code: 'TWINRIX',
		name: 'Twinrix',
		antigens: ['HepA', 'HepB'],
		route: 'intramuscular',
		maker: 'GSK'
	},
	{
		code: 'AVAXIM-80',
		name: 'Avaxim 80 U',
		antigens: ['HepA'],
		route: 'intramuscular',
		maker: 'Sanofi Pasteur'
	},
	{
		code: 'TYPHIM-VI',
		name: 'Typhim Vi',
		antigens: ['Typhoid'],
		route: 'intramuscular',
		maker: 'Sanofi Pasteur'
	},
	{
		code: 'MORCVAX',
		name: 'mORCVAX',
		antigens: ['Cholera'],
		route: 'oral',
		maker: 'VABIOTECH'
	}
];
