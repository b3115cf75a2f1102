/**
 * Drugs of a commune station: a selection of this project, by international nonproprietary names (WHO) as they are
 * spelled in Viet Nam. It is no official list and says nothing about what insurance pays: a station imports its
 * own. The usual phrases are ordinary ones for an adult without other illness; where the dose goes by weight,
 * age or illness there is none.
 * One a line: code | name | ingredients, where the name is not the only one | strength | form | unit | route | usual.
 */
import type { ClinicalDate } from '../../time/clinical-time.ts';

/** As early as any book reaches, so that whatever list a station imports is the later one and stands. */
export const DRUGS_FROM = '2000-01-01' as ClinicalDate;
export const DRUGS_ORIGIN =
	'Selection of this project by international nonproprietary names, November 2026; no official list';

export const DRUGS = `
PARACETAMOL-500|Paracetamol||500 mg|viên nén|viên|oral|1 viên khi sốt từ 38,5 °C hoặc đau, cách nhau ít nhất 6 giờ
PARACETAMOL-150G|Paracetamol||150 mg|gói bột|gói|oral
PARACETAMOL-250G|Paracetamol||250 mg|gói bột|gói|oral
PARACETAMOL-120S|Paracetamol||120 mg/5 ml|siro|chai|oral
PARACETAMOL-150D|Paracetamol||150 mg|viên đặt|viên|rectal
PARACETAMOL-300D|Paracetamol||300 mg|viên đặt|viên|rectal
IBUPROFEN-200|Ibuprofen||200 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày, sau ăn
IBUPROFEN-400|Ibuprofen||400 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày, sau ăn
IBUPROFEN-100S|Ibuprofen||100 mg/5 ml|hỗn dịch uống|chai|oral
DICLOFENAC-50|Diclofenac||50 mg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày, sau ăn
MELOXICAM-7.5|Meloxicam||7,5 mg|viên nén|viên|oral|1 viên/ngày, sau ăn
ALPHACHYMOTRYPSIN|Alphachymotrypsin|Chymotrypsin|4,2 mg|viên nén|viên|oral
COLCHICIN-1|Colchicin||1 mg|viên nén|viên|oral
ALLOPURINOL-300|Allopurinol||300 mg|viên nén|viên|oral
AMOXICILLIN-500|Amoxicillin||500 mg|viên nang|viên|oral|1 viên/lần, 3 lần/ngày
AMOXICILLIN-250G|Amoxicillin||250 mg|gói bột|gói|oral
AMOXICLAV-625|Amoxicillin + acid clavulanic|Amoxicillin + Acid clavulanic|500 mg/125 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày, ngay trước bữa ăn
AMOXICLAV-1000|Amoxicillin + acid clavulanic|Amoxicillin + Acid clavulanic|875 mg/125 mg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày, ngay trước bữa ăn
AMOXICLAV-250G|Amoxicillin + acid clavulanic|Amoxicillin + Acid clavulanic|250 mg/31,25 mg|gói bột|gói|oral
PENICILLIN-V|Phenoxymethylpenicillin||1.000.000 IU|viên nén|viên|oral
CEFALEXIN-500|Cefalexin||500 mg|viên nang|viên|oral|1 viên/lần, 3 lần/ngày
CEFALEXIN-250G|Cefalexin||250 mg|gói bột|gói|oral
CEFACLOR-125G|Cefaclor||125 mg|gói bột|gói|oral
CEFUROXIM-250|Cefuroxim||250 mg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày, sau ăn
CEFUROXIM-500|Cefuroxim||500 mg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày, sau ăn
CEFIXIM-200|Cefixim||200 mg|viên nang|viên|oral|1 viên/lần, 2 lần/ngày
CEFIXIM-50G|Cefixim||50 mg|gói bột|gói|oral
AZITHROMYCIN-500|Azithromycin||500 mg|viên nén|viên|oral|1 viên/ngày, trong 3 ngày
AZITHROMYCIN-200S|Azithromycin||200 mg/5 ml|hỗn dịch uống|chai|oral
CLARITHROMYCIN-500|Clarithromycin||500 mg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày
ERYTHROMYCIN-500|Erythromycin||500 mg|viên nén|viên|oral
SPIRAMYCIN-METRO|Spiramycin + metronidazol|Spiramycin + Metronidazol|750.000 IU/125 mg|viên nén|viên|oral
CIPROFLOXACIN-500|Ciprofloxacin||500 mg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày
LEVOFLOXACIN-500|Levofloxacin||500 mg|viên nén|viên|oral|1 viên/ngày
METRONIDAZOL-250|Metronidazol||250 mg|viên nén|viên|oral
COTRIMOXAZOL-480|Cotrimoxazol|Sulfamethoxazol + Trimethoprim|400 mg/80 mg|viên nén|viên|oral|2 viên/lần, 2 lần/ngày
DOXYCYCLIN-100|Doxycyclin||100 mg|viên nang|viên|oral|1 viên/lần, 2 lần/ngày, sau ăn, với nhiều nước
NITROFURANTOIN-100|Nitrofurantoin||100 mg|viên nang|viên|oral
NYSTATIN-500|Nystatin||500.000 IU|viên nén|viên|oral
NYSTATIN-25G|Nystatin||25.000 IU|gói bột|gói|topical
FLUCONAZOL-150|Fluconazol||150 mg|viên nang|viên|oral|1 viên, một lần duy nhất
ACICLOVIR-400|Aciclovir||400 mg|viên nén|viên|oral
ACICLOVIR-5K|Aciclovir||5%|kem bôi da|tuýp|topical
ALBENDAZOL-400|Albendazol||400 mg|viên nén|viên|oral|1 viên, một lần duy nhất
MEBENDAZOL-500|Mebendazol||500 mg|viên nén|viên|oral|1 viên, một lần duy nhất
LORATADIN-10|Loratadin||10 mg|viên nén|viên|oral|1 viên/ngày
LORATADIN-5S|Loratadin||5 mg/5 ml|siro|chai|oral
CETIRIZIN-10|Cetirizin||10 mg|viên nén|viên|oral|1 viên/ngày, buổi tối
FEXOFENADIN-60|Fexofenadin||60 mg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày
CLORPHENIRAMIN-4|Clorpheniramin||4 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày; gây buồn ngủ, không lái xe
PREDNISOLON-5|Prednisolon||5 mg|viên nén|viên|oral
METHYLPREDNISOLON-4|Methylprednisolon||4 mg|viên nén|viên|oral
METHYLPREDNISOLON-16|Methylprednisolon||16 mg|viên nén|viên|oral
METHYLPREDNISOLON-40T|Methylprednisolon||40 mg|lọ tiêm|lọ|injected
SALBUTAMOL-2|Salbutamol||2 mg|viên nén|viên|oral
SALBUTAMOL-100X|Salbutamol||100 mcg/liều|bình xịt|bình|inhaled|2 nhát/lần khi khó thở
SALBUTAMOL-2.5K|Salbutamol||2,5 mg/2,5 ml|ống khí dung|ống|inhaled
BUDESONID-500K|Budesonid||500 mcg/2 ml|ống khí dung|ống|inhaled
AMBROXOL-30|Ambroxol||30 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày, sau ăn
AMBROXOL-15S|Ambroxol||15 mg/5 ml|siro|chai|oral
ACETYLCYSTEIN-200G|Acetylcystein||200 mg|gói bột|gói|oral|1 gói/lần, 3 lần/ngày
BROMHEXIN-8|Bromhexin||8 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày
DEXTROMETHORPHAN-15|Dextromethorphan||15 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày
ORESOL-200|Oresol|Glucose + Natri clorid + Natri citrat + Kali clorid|pha 200 ml|gói bột|gói|oral|Pha cả gói với đúng 200 ml nước đun sôi để nguội, uống dần, bỏ phần còn lại sau 24 giờ
ORESOL-1000|Oresol|Glucose + Natri clorid + Natri citrat + Kali clorid|pha 1 lít|gói bột|gói|oral|Pha cả gói với đúng 1 lít nước đun sôi để nguội, uống dần, bỏ phần còn lại sau 24 giờ
KEM-20|Kẽm|Kẽm gluconat|20 mg kẽm|viên nén|viên|oral
KEM-10S|Kẽm|Kẽm gluconat|10 mg kẽm/5 ml|siro|chai|oral
DIOSMECTIT-3|Diosmectit||3 g|gói bột|gói|oral|1 gói/lần, 3 lần/ngày
BERBERIN-100|Berberin||100 mg|viên nén|viên|oral
LOPERAMID-2|Loperamid||2 mg|viên nang|viên|oral
LACTOBACILLUS|Lactobacillus acidophilus||1 tỷ CFU|gói bột|gói|oral
BACILLUS-SUBTILIS|Bacillus subtilis||2 tỷ CFU/5 ml|ống uống|ống|oral
OMEPRAZOL-20|Omeprazol||20 mg|viên nang|viên|oral|1 viên/ngày, trước bữa sáng 30 phút
ESOMEPRAZOL-40|Esomeprazol||40 mg|viên nén|viên|oral|1 viên/ngày, trước bữa sáng 30 phút
FAMOTIDIN-40|Famotidin||40 mg|viên nén|viên|oral|1 viên/ngày, buổi tối
ANTACID|Nhôm hydroxyd + magnesi hydroxyd|Nhôm hydroxyd + Magnesi hydroxyd|400 mg/400 mg|gói hỗn dịch|gói|oral|1 gói/lần, 3 lần/ngày, sau ăn 1 giờ
DOMPERIDON-10|Domperidon||10 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày, trước ăn
DROTAVERIN-40|Drotaverin||40 mg|viên nén|viên|oral|1 viên khi đau, không quá 3 viên một ngày
HYOSCIN-10|Hyoscin butylbromid||10 mg|viên nén|viên|oral|1 viên khi đau, không quá 3 viên một ngày
SIMETICON-80|Simeticon||80 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày, sau ăn
SORBITOL-5|Sorbitol||5 g|gói bột|gói|oral|1 gói/ngày, buổi sáng khi đói
BISACODYL-5|Bisacodyl||5 mg|viên nén|viên|oral|1 viên/ngày, buổi tối
AMLODIPIN-5|Amlodipin||5 mg|viên nén|viên|oral|1 viên/ngày, buổi sáng
NIFEDIPIN-20|Nifedipin||20 mg|viên tác dụng kéo dài|viên|oral|1 viên/lần, 2 lần/ngày
ENALAPRIL-5|Enalapril||5 mg|viên nén|viên|oral|1 viên/ngày, buổi sáng
ENALAPRIL-10|Enalapril||10 mg|viên nén|viên|oral|1 viên/ngày, buổi sáng
LISINOPRIL-10|Lisinopril||10 mg|viên nén|viên|oral|1 viên/ngày, buổi sáng
PERINDOPRIL-4|Perindopril||4 mg|viên nén|viên|oral|1 viên/ngày, trước bữa sáng
CAPTOPRIL-25|Captopril||25 mg|viên nén|viên|oral
LOSARTAN-50|Losartan||50 mg|viên nén|viên|oral|1 viên/ngày, buổi sáng
TELMISARTAN-40|Telmisartan||40 mg|viên nén|viên|oral|1 viên/ngày, buổi sáng
BISOPROLOL-2.5|Bisoprolol||2,5 mg|viên nén|viên|oral|1 viên/ngày, buổi sáng
BISOPROLOL-5|Bisoprolol||5 mg|viên nén|viên|oral|1 viên/ngày, buổi sáng
METHYLDOPA-250|Methyldopa||250 mg|viên nén|viên|oral
HYDROCLOROTHIAZID-25|Hydroclorothiazid||25 mg|viên nén|viên|oral
INDAPAMID-1.5|Indapamid||1,5 mg|viên tác dụng kéo dài|viên|oral|1 viên/ngày, buổi sáng
FUROSEMID-40|Furosemid||40 mg|viên nén|viên|oral
SPIRONOLACTON-25|Spironolacton||25 mg|viên nén|viên|oral
ATORVASTATIN-10|Atorvastatin||10 mg|viên nén|viên|oral|1 viên/ngày, buổi tối
ATORVASTATIN-20|Atorvastatin||20 mg|viên nén|viên|oral|1 viên/ngày, buổi tối
ROSUVASTATIN-10|Rosuvastatin||10 mg|viên nén|viên|oral|1 viên/ngày, buổi tối
ASPIRIN-81|Aspirin|Acid acetylsalicylic|81 mg|viên bao tan trong ruột|viên|oral|1 viên/ngày, sau ăn
CLOPIDOGREL-75|Clopidogrel||75 mg|viên nén|viên|oral|1 viên/ngày
ISOSORBID-10|Isosorbid dinitrat||10 mg|viên nén|viên|oral
NITROGLYCERIN-2.6|Nitroglycerin||2,6 mg|viên tác dụng kéo dài|viên|oral
TRIMETAZIDIN-35|Trimetazidin||35 mg|viên tác dụng kéo dài|viên|oral|1 viên/lần, 2 lần/ngày, trong bữa ăn
METFORMIN-500|Metformin||500 mg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày, trong bữa ăn
METFORMIN-850|Metformin||850 mg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày, trong bữa ăn
METFORMIN-1000|Metformin||1.000 mg|viên nén|viên|oral
GLICLAZID-30|Gliclazid||30 mg|viên tác dụng kéo dài|viên|oral|1 viên/ngày, vào bữa sáng
GLICLAZID-60|Gliclazid||60 mg|viên tác dụng kéo dài|viên|oral
GLIMEPIRID-2|Glimepirid||2 mg|viên nén|viên|oral
INSULIN-3070|Insulin người trộn 30/70|Insulin người|100 IU/ml|lọ tiêm|lọ|injected
INSULIN-NPH|Insulin người tác dụng trung bình|Insulin người|100 IU/ml|lọ tiêm|lọ|injected
LEVOTHYROXIN-100|Levothyroxin||100 mcg|viên nén|viên|oral
VITAMIN-A-200|Vitamin A|Retinol|200.000 IU|viên nang mềm|viên|oral
VITAMIN-C-500|Vitamin C|Acid ascorbic|500 mg|viên nén|viên|oral|1 viên/ngày
VITAMIN-3B|Vitamin B1 + B6 + B12|Thiamin + Pyridoxin + Cyanocobalamin|125 mg/125 mg/125 mcg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày
VITAMIN-D3-400|Vitamin D3|Colecalciferol|400 IU/giọt|dung dịch uống|lọ|oral
CALCI-D3|Calci carbonat + vitamin D3|Calci carbonat + Colecalciferol|1.250 mg/125 IU|viên nén|viên|oral|1 viên/ngày, sau ăn sáng
SAT-FOLIC|Sắt + acid folic|Sắt fumarat + Acid folic|60 mg sắt/400 mcg|viên nén|viên|oral|1 viên/ngày
ACID-FOLIC-5|Acid folic||5 mg|viên nén|viên|oral
MAGNESI-B6|Magnesi lactat + pyridoxin|Magnesi lactat + Pyridoxin|470 mg/5 mg|viên nén|viên|oral|1 viên/lần, 2 lần/ngày
CINNARIZIN-25|Cinnarizin||25 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày; gây buồn ngủ, không lái xe
BETAHISTIN-16|Betahistin||16 mg|viên nén|viên|oral|1 viên/lần, 3 lần/ngày
PIRACETAM-800|Piracetam||800 mg|viên nén|viên|oral
AMITRIPTYLIN-25|Amitriptylin||25 mg|viên nén|viên|oral
CARBAMAZEPIN-200|Carbamazepin||200 mg|viên nén|viên|oral
VALPROAT-200|Natri valproat||200 mg|viên nén|viên|oral
CLORPROMAZIN-25|Clorpromazin||25 mg|viên nén|viên|oral
HALOPERIDOL-1.5|Haloperidol||1,5 mg|viên nén|viên|oral
NACL-NHO|Natri clorid||0,9%|thuốc nhỏ mắt, mũi|lọ|eye|2 giọt/lần, 3 lần/ngày
CLORAMPHENICOL-NM|Cloramphenicol||0,4%|thuốc nhỏ mắt|lọ|eye|1 giọt/lần, 4 lần/ngày
TOBRAMYCIN-NM|Tobramycin||0,3%|thuốc nhỏ mắt|lọ|eye|1 giọt/lần, 4 lần/ngày
TETRACYCLIN-MM|Tetracyclin||1%|mỡ tra mắt|tuýp|eye|Tra một lớp mỏng trước khi ngủ
OFLOXACIN-NT|Ofloxacin||0,3%|thuốc nhỏ tai|lọ|ear
XYLOMETAZOLIN-0.1|Xylometazolin||0,1%|thuốc nhỏ mũi|lọ|nasal|1 giọt mỗi bên, 3 lần/ngày, không quá 5 ngày
XYLOMETAZOLIN-0.05|Xylometazolin||0,05%|thuốc nhỏ mũi|lọ|nasal
POVIDON-10|Povidon iod||10%|dung dịch sát trùng|chai|topical|Bôi vết thương 2 lần/ngày
CLOTRIMAZOL-1K|Clotrimazol||1%|kem bôi da|tuýp|topical|Bôi lớp mỏng 2 lần/ngày
CLOTRIMAZOL-500D|Clotrimazol||500 mg|viên đặt âm đạo|viên|other|Đặt 1 viên, một lần duy nhất, buổi tối
KETOCONAZOL-2K|Ketoconazol||2%|kem bôi da|tuýp|topical|Bôi lớp mỏng 1 lần/ngày
HYDROCORTISON-1K|Hydrocortison||1%|kem bôi da|tuýp|topical|Bôi lớp mỏng 2 lần/ngày, không quá 7 ngày
BETAMETHASON-K|Betamethason||0,064%|kem bôi da|tuýp|topical
FUSIDIC-2K|Acid fusidic||2%|kem bôi da|tuýp|topical|Bôi 3 lần/ngày
PERMETHRIN-5K|Permethrin||5%|kem bôi da|tuýp|topical
DEP|DEP|Diethyl phtalat||kem bôi da|lọ|topical|Bôi nơi ngứa 2 lần/ngày
SULFADIAZIN-BAC|Sulfadiazin bạc||1%|kem bôi da|tuýp|topical|Bôi vết bỏng 1 lần/ngày
ADRENALIN-1T|Adrenalin|Epinephrin|1 mg/ml|ống tiêm|ống|injected
DIPHENHYDRAMIN-10T|Diphenhydramin||10 mg/ml|ống tiêm|ống|injected
DEXAMETHASON-4T|Dexamethason||4 mg/ml|ống tiêm|ống|injected
FUROSEMID-20T|Furosemid||20 mg/2 ml|ống tiêm|ống|injected
ATROPIN-T|Atropin||0,25 mg/ml|ống tiêm|ống|injected
LIDOCAIN-2T|Lidocain||2%|ống tiêm|ống|injected
OXYTOCIN-5T|Oxytocin||5 IU/ml|ống tiêm|ống|injected
MISOPROSTOL-200|Misoprostol||200 mcg|viên nén|viên|oral
MAGNESI-SULFAT-T|Magnesi sulfat||15%|ống tiêm|ống|injected
VITAMIN-K1-T|Vitamin K1|Phytomenadion|1 mg/ml|ống tiêm|ống|injected
NACL-500|Natri clorid||0,9% 500 ml|dịch truyền|chai|injected
RINGER-LACTAT-500|Ringer lactat|Natri clorid + Natri lactat + Kali clorid + Calci clorid|500 ml|dịch truyền|chai|injected
GLUCOSE-5-500|Glucose||5% 500 ml|dịch truyền|chai|injected
GLUCOSE-30-5|Glucose||30% 5 ml|ống tiêm|ống|injected
LEVONORGESTREL-1.5|Levonorgestrel||1,5 mg|viên nén|viên|oral|1 viên, một lần duy nhất, trong 72 giờ
TRANH-THAI-KET-HOP|Viên tránh thai kết hợp|Ethinylestradiol + Levonorgestrel|0,03 mg/0,15 mg|vỉ 28 viên|vỉ|oral|1 viên/ngày, cùng một giờ mỗi ngày
`;
